import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { FIRST_SLACK } from '../../../shared/domain/delivery/slack.ts';
import { spacingOf } from '../../../shared/domain/delivery/tenant-window.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { AllDepartures } from '../../../shared/use-cases/pace/departures.ts';
import { SpacedPace } from '../../../shared/use-cases/pace/spaced-pace.ts';
import { aConversation } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { inMemoryStores } from '../../support/fakes/stores/in-memory-stores.ts';
import { Watch } from '../../support/fakes/watch.ts';

describe('the pace of a process', () => {
  const { tenant } = aConversation();

  function aPace(requestsPerSecond: number) {
    const watch = new Watch();
    const clock = new FakeClock();
    const { pacer } = inMemoryStores({ clock, requestsPerSecond });
    const departures = new AllDepartures({ clock, requestsPerSecond, wait });
    const paceOf = (all: AllDepartures) =>
      new SpacedPace({ pacer: watch.over('pacer', pacer), departures: all, wait });
    const toOne = departures.to(tenant);
    return { watch, clock, toOne, window: toOne.window, pace: paceOf(departures), paceOf, pacer };
  }

  it('takes slots for all who wait in one reservation', async () => {
    const { pace, watch } = aPace(1000);
    await Promise.all(Array.from({ length: 50 }, () => pace.takeTurn(tenant)));
    expect(watch.count('pacer.reserve')).toBeLessThanOrEqual(4);
  });

  it('uses the slot that comes with a request, and takes a new one for a stale slot', async () => {
    const { pace, clock, watch, toOne } = aPace(1000);
    expect(await pace.takeTurn(tenant, clock.now())).toBe('go');
    expect(watch.count('pacer.reserve')).toBe(0);
    for (let request = 0; request < 1000; request += 1) (await toOne.enter())();
    await pace.takeTurn(tenant, clock.now() - 5000);
    expect(watch.count('pacer.reserve')).toBe(1);
  });

  it('lets a request go to its claim before its slot, for which the request itself waits', async () => {
    const { pace, clock, window, toOne } = aPace(50);
    const slotAt = clock.now() + 200;
    expect(await pace.takeTurn(tenant, slotAt)).toBe('go');
    let departed: number | undefined;
    void toOne.enter().then(() => {
      departed = clock.now();
    });
    clock.set(slotAt - 1);
    await vi.waitFor(() => expect(window.clearAt(slotAt, toOne.ready, clock.now())).toBe(slotAt));
    expect(departed).toBeUndefined();
    clock.set(slotAt);
    await vi.waitFor(() => expect(departed).toBe(slotAt));
  });

  it('lets a request depart as soon as it is claimed where nobody was before it, and the next one at its slot', async () => {
    const { pace, clock, window, toOne } = aPace(50);
    const begin = clock.now();
    expect(await pace.takeTurn(tenant)).toBe('go');
    expect(await pace.takeTurn(tenant)).toBe('go');
    const departed: number[] = [];
    const claimed = begin + 12;
    clock.set(claimed);
    for (let request = 0; request < 2; request += 1)
      void toOne.enter().then(() => departed.push(clock.now()));
    await vi.waitFor(() => expect(departed).toEqual([claimed]));
    // The first one's slot, which begins when a claim surely is written, and one slot behind it.
    clock.set(begin + 41);
    await vi.waitFor(() => expect(departed).toEqual([claimed, begin + 41]));
    // It was not late for its slot, but before it: nobody has to know.
    expect(window.lateRequests(clock.now())).toEqual([]);
  });

  it('takes nobody for somebody with a slot who was only told when to ask again', async () => {
    const { pace, paceOf, clock } = aPace(1);
    await Promise.all(Array.from({ length: 700 }, () => pace.takeTurn(tenant)));
    const told = await Promise.all(Array.from({ length: 20 }, () => pace.takeTurn(tenant)));
    for (const turn of told) expect(turn).toMatchObject({ isWithoutSlot: true });
    const at = told.map((turn) => (turn === 'go' ? 0 : turn.at));
    // Not all at the same moment.
    expect(new Set(at).size).toBe(20);
    clock.set(Math.max(...at));
    // Another process knows nothing of what is on its way from this one; only a slot of its own lets it through.
    const elsewhere = paceOf(new AllDepartures({ clock, requestsPerSecond: 1, wait }));
    const again = await elsewhere.takeTurn(tenant);
    expect(again).toMatchObject({ at: expect.any(Number) });
    expect(again).not.toHaveProperty('isWithoutSlot');
  });

  it('sends whoever would have to wait long away, with a slot', async () => {
    const { pace, clock } = aPace(1);
    expect(await pace.takeTurn(tenant)).toBe('go');
    const second = await pace.takeTurn(tenant);
    expect(second).toMatchObject({ at: expect.any(Number) });
    if (second !== 'go') expect(second.at - clock.now()).toBeGreaterThan(250);
  });

  it('lets a slot pass for which the requests before it leave no room, and takes a later one', async () => {
    const { pace, clock, toOne } = aPace(2);
    for (let request = 0; request < 2; request += 1) (await toOne.enter())();
    expect(await pace.takeTurn(tenant, clock.now() + 10)).toMatchObject({ at: expect.any(Number) });
  });

  it('exchanges with other instances what was late, while requests are so many that they can meet', async () => {
    const { pace, paceOf, clock, window, toOne, watch } = aPace(50);
    await pace.takeTurn(tenant);
    expect(watch.count('pacer.compareLate')).toBe(0);

    const slotAt = clock.now() - 90;
    window.announce(slotAt);
    for (let request = 0; request < 2; request += 1) (await toOne.enter())();
    await pace.takeTurn(tenant, clock.now());
    expect(watch.count('pacer.compareLate')).toBe(1);

    // Another instance hears of it, and does not use the place in the next round before the channel has room.
    const others = new AllDepartures({ clock, requestsPerSecond: 50, wait });
    const another = paceOf(others);
    const arrivedAt = clock.now();
    const nextRound = slotAt + 50 * spacingOf(50, FIRST_SLACK);
    for (let request = 0; request < 2; request += 1) (await others.to(tenant).enter())();
    await another.takeTurn(tenant, clock.now());
    await vi.waitFor(() =>
      expect(others.to(tenant).window.clearAt(nextRound, 0, clock.now())).toBeGreaterThanOrEqual(
        arrivedAt + 1000,
      ),
    );
  });

  it('asks what was late before a request of a walk, however few are its own: the others are elsewhere', async () => {
    const { pace, clock, watch } = aPace(50);
    await pace.takeTurn(tenant, clock.now());
    expect(watch.count('pacer.compareLate')).toBe(1);
  });

  it('says that it is there with the first exchange and every ten seconds, also when nothing was late', async () => {
    const { pace, clock, watch, pacer } = aPace(50);
    const others = async () => (await pacer.compareLate(tenant, 'asked', undefined, clock.now())).others;
    await pace.takeTurn(tenant, clock.now());
    expect(await others()).toBe(1);
    for (const [after, there] of [
      [9999, 1],
      [5001, 1],
      [14_999, 1],
      [15_000, 0],
    ] as const) {
      clock.advance(after);
      if (after < 10_000) await pace.takeTurn(tenant, clock.now());
      expect(await others()).toBe(there);
    }
    expect(watch.count('pacer.compareLate')).toBe(3);
  });

  it('takes slots for the moments that they are by the clock that all share', async () => {
    const { clock, pacer } = aPace(50);
    const departures = new AllDepartures({ clock, requestsPerSecond: 50, wait });
    const pace = new SpacedPace({
      pacer: {
        reserve: pacer.reserve.bind(pacer),
        holdBack: pacer.holdBack.bind(pacer),
        adjust: pacer.adjust.bind(pacer),
        compareLate: async () => ({ late: [], others: 1, behind: { least: 90, most: 110 } }),
      },
      departures,
      wait,
    });
    const slotAt = clock.now() + 200;
    await pace.takeTurn(tenant, slotAt);
    await vi.waitFor(() => expect(departures.clock.now()).toBe(clock.now() + 90));
    let departed: number | undefined;
    void departures
      .to(tenant)
      .enter()
      .then(() => {
        departed = clock.now();
      });
    clock.set(slotAt - 91);
    await wait(60);
    expect(departed).toBeUndefined();
    clock.set(slotAt - 90);
    await vi.waitFor(() => expect(departed).toBe(slotAt - 90));
  });

  it('has the tenant leave between slots what its answers and the refusals among them call for', async () => {
    const { pace, clock, toOne, pacer } = aPace(50);
    const answers = async (count: number, last: 'served' | 'refused') => {
      for (let request = 1; request <= count; request += 1) {
        const answered = await toOne.enter();
        clock.advance(request % 2 === 1 ? 10 : 30);
        answered(request === count && last === 'refused');
      }
    };
    const slack = async () => (await pacer.compareLate(tenant, 'asked', undefined, clock.now())).slack;
    const compared = async () => {
      clock.advance(150);
      await pace.takeTurn(tenant, clock.now());
      await wait(0);
    };
    await answers(40, 'served');
    await compared();
    // Answers took 10 ms more than the shortest in the mean: 5 ms of jitter one way, which need 7 + 15 * 2; and a quarter more.
    await vi.waitFor(async () => expect((await slack())?.span).toBeCloseTo(37 * 1.25, 0));
    await compared();
    clock.advance(seconds(3));
    await answers(40, 'refused');
    await compared();
    await vi.waitFor(async () => expect(await slack()).toHaveProperty('firmUntil'));
  });

  it.each([1, 2])(
    'tells that %i were late also when it makes no further request, in time for those who follow',
    async (requests) => {
      const { pace, paceOf, clock, window, toOne, watch } = aPace(50);
      await pace.takeTurn(tenant);
      const slotAt = clock.now() - 90;
      for (let request = 0; request < requests; request += 1) {
        window.announce(slotAt);
        (await toOne.enter())();
      }
      await vi.waitFor(() => expect(watch.count('pacer.compareLate')).toBe(1));

      const others = new AllDepartures({ clock, requestsPerSecond: 50, wait });
      for (let request = 0; request < 2; request += 1) (await others.to(tenant).enter())();
      const arrivedAt = clock.now();
      await paceOf(others).takeTurn(tenant, clock.now());
      const nextRound = slotAt + 50 * spacingOf(50, FIRST_SLACK);
      await vi.waitFor(() =>
        expect(others.to(tenant).window.clearAt(nextRound, 0, clock.now())).toBeGreaterThanOrEqual(
          arrivedAt + 1000,
        ),
      );
    },
  );

  it('lets calls that come far too late go without a slot, and makes those wait that take slots ahead', async () => {
    const { pace, clock, watch, toOne } = aPace(50);
    const missed = clock.now() - 5000;
    expect(await pace.takeTurn(tenant, missed)).toBe('go');
    expect(await pace.takeTurn(tenant, missed)).toBe('go');
    expect(watch.count('pacer.holdBack')).toBe(1);
    expect(watch.count('pacer.reserve')).toBe(0);
    expect(await pace.takeTurn(tenant)).toEqual({ at: clock.now() + 2000 });

    // Where the window is used up, they take a slot as everybody does.
    for (let request = 0; request < 50; request += 1) (await toOne.enter())();
    expect(await pace.takeTurn(tenant, missed)).not.toBe('go');
  });

  it('goes on when what was late cannot be exchanged', async () => {
    const { pace, clock, toOne, watch } = aPace(50);
    watch.failNext('pacer.compareLate', {
      error: new StoreUnavailable('put', new Error('503')),
      when: 'before',
    });
    for (let request = 0; request < 2; request += 1) (await toOne.enter())();
    expect(await pace.takeTurn(tenant, clock.now())).toBe('go');
    expect(watch.count('pacer.compareLate')).toBe(1);
  });

  it('tells everybody who waited when the store is away', async () => {
    const { pace, watch } = aPace(1000);
    const away = new StoreUnavailable('reserve', new Error('503'));
    for (let times = 0; times < 2; times += 1)
      watch.failNext('pacer.reserve', { error: away, when: 'before' });
    const turns = await Promise.allSettled(Array.from({ length: 5 }, () => pace.takeTurn(tenant)));
    expect(turns.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await pace.takeTurn(tenant)).toBe('go');
  });
});
