import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../../../dev/simulate/paper/virtual-time.ts';
import { FIRST_SLACK } from '../../../shared/domain/delivery/slack.ts';
import { spacingOf, TenantWindow } from '../../../shared/domain/delivery/tenant-window.ts';
import { Departures } from '../../../shared/use-cases/pace/departures.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const TIMER_LATE = 0.5;

interface Travel {
  readonly there: number;
  readonly back: number;
}

/** Windows of processes with one time, and a channel that notes when requests depart and arrive. */
function aWorld(requestsPerSecond: number) {
  const time = new VirtualTime(noon);
  const departures: number[] = [];
  const arrivals: number[] = [];
  return {
    time,
    departures,
    arrivals,
    aWindow: () =>
      new Departures({
        clock: time,
        requestsPerSecond,
        wait: (delay) => time.wait(Math.ceil(delay) + TIMER_LATE),
      }),
    /** A request that is ready at `at`, for its slot if it has one, and travels for so long. */
    request(toOne: Departures, at: number, { there, back }: Travel, slotAt?: number): void {
      time.at(at, async () => {
        if (slotAt !== undefined) toOne.window.announce(slotAt);
        const answered = await toOne.enter();
        departures.push(time.exactly());
        await time.wait(there);
        arrivals.push(time.exactly());
        await time.wait(back);
        answered();
      });
    },
    run: () => time.run(undefined, () => false),
  };
}

function mostWithinASecond(arrivals: readonly number[]): number {
  const sorted = [...arrivals].sort((a, b) => a - b);
  let first = 0;
  return sorted.reduce((most, at, index) => {
    while ((sorted[first] ?? at) <= at - 1000) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}

const quick: Travel = { there: 1, back: 1 };

describe('the window of a process', () => {
  it('lets no request too many into any second of the channel, whatever stalls on its way', async () => {
    const travel = fc.oneof(
      { weight: 19, arbitrary: fc.record({ there: fc.constant(1), back: fc.integer({ min: 1, max: 4 }) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          there: fc.integer({ min: 1, max: 60 }),
          back: fc.integer({ min: 1, max: 60 }),
        }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(travel, { minLength: 60, maxLength: 90 }), async (travels) => {
        const { time, arrivals, aWindow, request, run } = aWorld(10);
        const toOne = aWindow();
        [quick, ...travels].forEach((each, index) => {
          request(toOne, noon + index * 20, each);
        });
        await run();
        expect(arrivals.length).toBe(travels.length + 1);
        expect(mostWithinASecond(arrivals)).toBeLessThanOrEqual(10);
        expect(time.now()).toBeGreaterThan(noon);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps 99 % of the rate where the channel works now long and now short', async () => {
    const { departures, arrivals, aWindow, request, run } = aWorld(50);
    const toOne = aWindow();
    for (let index = 0; index < 2500; index += 1) {
      request(toOne, noon + index, { there: 10, back: 90 + ((index * 7919) % 300) });
    }
    await run();
    const [first = 0, last = 0] = [departures[1000], departures.at(-1)];
    const rate = (departures.length - 1001) / ((last - first) / 1000);
    expect(rate).toBeGreaterThan(50 * 0.985);
    expect(mostWithinASecond(arrivals)).toBeLessThanOrEqual(50);
  });

  it('lets each request depart at its slot, the earliest slot first', async () => {
    const { departures, aWindow, request, run } = aWorld(50);
    const toOne = aWindow();
    toOne.window.announce(noon + 200);
    toOne.window.announce(noon + 100);
    request(toOne, noon, quick);
    request(toOne, noon + 10, quick);
    await run();
    const [first = 0, second = 0] = departures;
    expect(first - noon).toBeGreaterThanOrEqual(100);
    expect(first - noon).toBeLessThan(102);
    expect(second - noon).toBeGreaterThanOrEqual(200);
    expect(second - noon).toBeLessThan(202);
  });

  it('waits, at the slot one round later, for a request of its own that was late', async () => {
    const { departures, arrivals, aWindow, request, run } = aWorld(1);
    const toOne = aWindow();
    const round = spacingOf(1, FIRST_SLACK);
    request(toOne, noon, quick);
    request(toOne, noon + 2300, quick, noon + 2000);
    request(toOne, noon + 2000 + round - 100, quick, noon + 2000 + round);
    await run();
    expect(departures[1]).toBe(noon + 2300);
    expect((arrivals[2] ?? 0) - (arrivals[1] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('waits for a late request of another process, of which it was told', async () => {
    const { time, departures, arrivals, aWindow, request, run } = aWorld(50);
    const [one, other] = [aWindow(), aWindow()];
    const round = 50 * spacingOf(50, FIRST_SLACK);
    request(one, noon, quick);
    request(one, noon + 2090, quick, noon + 2000);
    time.at(noon + 2200, () => other.window.learn({ late: one.window.lateRequests(time.now()), others: 1 }));
    request(other, noon + 2900, quick, noon + 2000 + round);
    await run();
    expect(departures[1]).toBe(noon + 2090);
    expect((arrivals[2] ?? 0) - (arrivals[1] ?? 0)).toBeGreaterThanOrEqual(1000);
    expect((arrivals[2] ?? 0) - (arrivals[1] ?? 0)).toBeLessThan(1010);
  });

  it('tells of late requests, as soon as they depart, and of no others', async () => {
    const { time, aWindow, request, run } = aWorld(50);
    const toOne = aWindow();
    request(toOne, noon, quick);
    request(toOne, noon + 50, quick, noon + 100);
    request(toOne, noon + 260, { there: 40, back: 1 }, noon + 200);
    time.at(noon + 270, () => {
      expect(toOne.window.lateRequests(time.now())).toEqual([{ slotAt: noon + 200, arrivedAt: noon + 260 }]);
    });
    await run();
    const [late, ...others] = toOne.window.lateRequests(time.now());
    expect(others).toEqual([]);
    // The answer took 39 milliseconds longer than another's: it may have arrived that much later.
    expect(late?.arrivedAt).toBeGreaterThan(noon + 260 + 38);
  });

  it('says when a request could depart, behind those that are on their way to it', () => {
    const window = new TenantWindow(2);
    const now = noon;
    expect(window.clearAt(now - 50, 0, now)).toBe(now);
    expect(window.clearAt(now + 50, 0, now)).toBe(now + 50);
    window.announce(now);
    window.announce(now);
    expect(window.clearAt(now + 10, 0, now)).toBeGreaterThanOrEqual(now + 1000);
    // Claims that were lost announced them for nothing.
    expect(window.clearAt(now + 5000, 0, now + 5000)).toBe(now + 5000);
  });
});
