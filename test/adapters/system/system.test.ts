import { describe, expect, it, vi } from 'vitest';
import { JsonLog } from '../../../shared/adapters/system/json-log.ts';
import { cachingNotifications } from '../../../shared/adapters/system/notification-cache.ts';
import { SpacedPace } from '../../../shared/adapters/system/spaced-pace.ts';
import { slotsPerSecond } from '../../../shared/adapters/system/spaced-window.ts';
import { SpacedWindows } from '../../../shared/adapters/system/spaced-windows.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { aConversation, aNotification } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { inMemoryStores } from '../../support/fakes/stores/in-memory-stores.ts';
import { Watch } from '../../support/fakes/watch.ts';

describe('a log line', () => {
  function lines(write: (log: JsonLog) => void): readonly string[] {
    const written: string[] = [];
    const sink = {
      info: (line: string) => written.push(line),
      warn: (line: string) => written.push(line),
      error: (line: string) => written.push(line),
    };
    write(new JsonLog(() => sink));
    return written;
  }

  it('is one JSON object with what identifies and counts', () => {
    expect(
      lines((log) => log.info('delivery.outcome', { notification: 'n', attempts: 2, reason: undefined })),
    ).toEqual(['{"v":1,"event":"delivery.outcome","notification":"n","attempts":2}']);
  });

  it('never holds text, names, addresses or tokens, whoever passes them', () => {
    const [line] = lines((log) =>
      log.error('x', {
        text: 'secret',
        userName: 'Ana',
        token: 'abc',
        serviceUrl: 'https://x',
        email: 'a@b',
        conversation: 'key',
      }),
    );
    for (const leak of ['secret', 'Ana', 'abc', 'https://x', 'a@b']) expect(line).not.toContain(leak);
    expect(line).toContain('"conversation":"key"');
  });

  it('stays one line, whatever is in it', () => {
    expect(lines((log) => log.info('x', { code: 'a\nb' }))[0]?.includes('\n')).toBe(false);
  });
});

describe('the notification cache', () => {
  it('reads a notification once for all its recipients', async () => {
    const watch = new Watch();
    const { notifications } = inMemoryStores({ clock: new FakeClock() });
    const cached = cachingNotifications(watch.over('notifications', notifications));
    const notification = aNotification();
    await cached.accept(notification);
    for (let recipient = 0; recipient < 100; recipient += 1)
      expect(await cached.find(notification.id)).toEqual(notification);
    expect(watch.count('notifications.find')).toBe(1);
  });

  it('does not remember that there was none', async () => {
    const { notifications } = inMemoryStores({ clock: new FakeClock() });
    const cached = cachingNotifications(notifications);
    const notification = aNotification();
    expect(await cached.find(notification.id)).toBeUndefined();
    await cached.accept(notification);
    expect(await cached.find(notification.id)).toEqual(notification);
  });
});

describe('the pace of a process', () => {
  const { tenant } = aConversation();

  function aPace(requestsPerSecond: number) {
    const watch = new Watch();
    const clock = new FakeClock();
    const { pacer } = inMemoryStores({ clock, requestsPerSecond });
    const windows = new SpacedWindows({ clock, requestsPerSecond });
    const paceOf = (ofWindows: SpacedWindows) =>
      new SpacedPace({ pacer: watch.over('pacer', pacer), clock, windows: ofWindows });
    return { watch, clock, window: windows.of(tenant), pace: paceOf(windows), paceOf };
  }

  it('takes slots for all who wait in one reservation', async () => {
    const { pace, watch } = aPace(1000);
    await Promise.all(Array.from({ length: 50 }, () => pace.takeTurn(tenant)));
    expect(watch.count('pacer.reserve')).toBeLessThanOrEqual(4);
  });

  it('uses the slot that comes with a request, and takes a new one for a stale slot', async () => {
    const { pace, clock, watch, window } = aPace(1000);
    expect(await pace.takeTurn(tenant, clock.now())).toBe('go');
    expect(watch.count('pacer.reserve')).toBe(0);
    for (let request = 0; request < 1000; request += 1) (await window.enter())();
    await pace.takeTurn(tenant, clock.now() - 5000);
    expect(watch.count('pacer.reserve')).toBe(1);
  });

  it('lets a request go to its claim before its slot, for which the request itself waits', async () => {
    const { pace, clock, window } = aPace(50);
    const slotAt = clock.now() + 200;
    expect(await pace.takeTurn(tenant, slotAt)).toBe('go');
    let departed: number | undefined;
    void window.enter().then(() => {
      departed = clock.now();
    });
    clock.set(slotAt - 1);
    await vi.waitFor(() => expect(window.clearAt(slotAt)).toBe(slotAt));
    expect(departed).toBeUndefined();
    clock.set(slotAt);
    await vi.waitFor(() => expect(departed).toBe(slotAt));
  });

  it('lets a request depart as soon as it is claimed where nobody was before it, and the next one at its slot', async () => {
    const { pace, clock, window } = aPace(50);
    const begin = clock.now();
    expect(await pace.takeTurn(tenant)).toBe('go');
    expect(await pace.takeTurn(tenant)).toBe('go');
    const departed: number[] = [];
    const claimed = begin + 12;
    clock.set(claimed);
    for (let request = 0; request < 2; request += 1)
      void window.enter().then(() => departed.push(clock.now()));
    await vi.waitFor(() => expect(departed).toEqual([claimed]));
    // The first one's slot, which begins when a claim surely is written, and one slot behind it.
    clock.set(begin + 40);
    await vi.waitFor(() => expect(departed).toEqual([claimed, begin + 40]));
    // It was not late for its slot, but before it: nobody has to know.
    expect(window.lateRequests()).toEqual([]);
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
    const elsewhere = paceOf(new SpacedWindows({ clock, requestsPerSecond: 1 }));
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
    const { pace, clock, window } = aPace(2);
    for (let request = 0; request < 2; request += 1) (await window.enter())();
    expect(await pace.takeTurn(tenant, clock.now() + 10)).toMatchObject({ at: expect.any(Number) });
  });

  it('exchanges with other instances what was late, while requests are so many that they can meet', async () => {
    const { pace, paceOf, clock, window, watch } = aPace(50);
    await pace.takeTurn(tenant, clock.now());
    expect(watch.count('pacer.compareLate')).toBe(0);

    const slotAt = clock.now() - 90;
    window.announce(slotAt);
    for (let request = 0; request < 2; request += 1) (await window.enter())();
    await pace.takeTurn(tenant, clock.now());
    expect(watch.count('pacer.compareLate')).toBe(1);

    // Another instance hears of it, and does not use the place in the next round before the channel has room.
    const others = new SpacedWindows({ clock, requestsPerSecond: 50 });
    const another = paceOf(others);
    const arrivedAt = clock.now();
    const nextRound = slotAt + (50 * 1000) / slotsPerSecond(50);
    for (let request = 0; request < 2; request += 1) (await others.of(tenant).enter())();
    await another.takeTurn(tenant, clock.now());
    await vi.waitFor(() =>
      expect(others.of(tenant).clearAt(nextRound)).toBeGreaterThanOrEqual(arrivedAt + 1000),
    );
  });

  it('tells what was late also when it makes no further request, in time for those who follow', async () => {
    const { pace, paceOf, clock, window, watch } = aPace(50);
    await pace.takeTurn(tenant, clock.now());
    const slotAt = clock.now() - 90;
    for (let request = 0; request < 2; request += 1) {
      window.announce(slotAt);
      (await window.enter())();
    }
    await vi.waitFor(() => expect(watch.count('pacer.compareLate')).toBe(1));

    const others = new SpacedWindows({ clock, requestsPerSecond: 50 });
    for (let request = 0; request < 2; request += 1) (await others.of(tenant).enter())();
    const arrivedAt = clock.now();
    await paceOf(others).takeTurn(tenant, clock.now());
    const nextRound = slotAt + (50 * 1000) / slotsPerSecond(50);
    await vi.waitFor(() =>
      expect(others.of(tenant).clearAt(nextRound)).toBeGreaterThanOrEqual(arrivedAt + 1000),
    );
  });

  it('lets calls that come far too late go without a slot, and makes those wait that take slots ahead', async () => {
    const { pace, clock, watch, window } = aPace(50);
    const missed = clock.now() - 5000;
    expect(await pace.takeTurn(tenant, missed)).toBe('go');
    expect(await pace.takeTurn(tenant, missed)).toBe('go');
    expect(watch.count('pacer.holdBack')).toBe(1);
    expect(watch.count('pacer.reserve')).toBe(0);
    expect(await pace.takeTurn(tenant)).toEqual({ at: clock.now() + 2000 });

    // Where the window is used up, they take a slot as everybody does.
    for (let request = 0; request < 50; request += 1) (await window.enter())();
    expect(await pace.takeTurn(tenant, missed)).not.toBe('go');
  });

  it('goes on when what was late cannot be exchanged', async () => {
    const { pace, clock, window, watch } = aPace(50);
    watch.failNext('pacer.compareLate', {
      error: new StoreUnavailable('put', new Error('503')),
      when: 'before',
    });
    for (let request = 0; request < 2; request += 1) (await window.enter())();
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
