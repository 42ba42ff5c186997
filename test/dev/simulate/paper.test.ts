import { describe, expect, it } from 'vitest';
import { type PaperOptions, runOnPaper, usualLatency } from '../../../dev/simulate/paper/paper-run.ts';
import { parseRateLimits } from '../../../shared/domain/delivery/pace.ts';

const simulate = (options: Partial<PaperOptions>) =>
  runOnPaper({
    recipients: 2000,
    requestsPerSecond: 50,
    threadLimits: parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [],
    singleEvery: 0,
    instances: 1,
    tenants: 1,
    seed: 1,
    latency: usualLatency,
    ...options,
  });

/** One run is one course of chance, in which any other request draws other ways for all behind it. */
const COURSES = [1, 2, 3, 4, 5];

const inEachCourse = async (options: Partial<PaperOptions>) => {
  const runs = await Promise.all(COURSES.map((seed) => simulate({ ...options, seed })));
  const mean = (of: (run: (typeof runs)[number]) => number) =>
    runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
  return {
    runs,
    throttled: mean((run) => run.throttled),
    shareOfRate: mean((run) => run.shareOfRate),
  };
};

describe('a broadcast on paper', () => {
  it('to 100,000 at the rate of Teams keeps 99 % of it, without one 429, and single ones wait below two seconds', async () => {
    const run = await simulate({ recipients: 100_000, singleEvery: 10_000 });
    expect(run).toMatchObject({ outcomes: { delivered: 100_000 }, lost: 0, repeated: 0, throttled: 0 });
    expect(run.shareOfRate).toBeGreaterThanOrEqual(0.99);
    expect(run.shareOfRate).toBeLessThanOrEqual(1);
    // 2,000 seconds at the very rate; 1 % for the slots' slack, and the 200 single ones.
    expect(run.took).toBeLessThan(2_025_000);
    expect(run.singles.count).toBeGreaterThanOrEqual(200);
    expect(run.singles.p99).toBeLessThan(2000);
    // Read, claim and record; what a page costs is shared by its 25, and what comparing costs by those of 150 ms.
    expect(run.perRecipient.tableRequests).toBeLessThan(3.8);
  }, 120_000);

  it('keeps single notifications waiting for less than two seconds', async () => {
    const { singles, throttled, lost } = await simulate({ recipients: 5000, singleEvery: 200 });
    expect(singles.count).toBeGreaterThan(400);
    expect(singles.p99).toBeLessThan(2000);
    expect({ throttled, lost }).toEqual({ throttled: 0, lost: 0 });
  });

  it.each([
    { people: process.env.NIGHTLY === '1' ? 100_000 : 2400, zones: 24 },
    { people: 600, zones: 1 },
  ])(
    'to $people in $zones zones at nine by their own clocks tells nobody early, and the last of a zone a minute late at most',
    async ({ people, zones }) => {
      const run = await simulate({ recipients: people, zones });
      expect(run).toMatchObject({ outcomes: { delivered: people }, lost: 0, repeated: 0, throttled: 0 });
      expect(run.byClock?.early).toBe(0);
      expect(run.byClock?.beyondRate).toBeLessThan(60_000);
    },
    600_000,
  );

  it('runs in two tenants side by side', async () => {
    const one = await simulate({ recipients: 1000 });
    const two = await simulate({ recipients: 2000, tenants: 2 });
    // Twice the people, in as much time and no more than a page longer.
    expect(two.took).toBeLessThan(one.took + 500);
    expect(two).toMatchObject({ lost: 0, repeated: 0, throttled: 0 });
  });

  it.each([2, 3, 8, 10])(
    'from %i instances keeps its rate to 99 in 100 without one 429, and tells nobody twice',
    async (instances) => {
      const run = await simulate({ recipients: 5000, instances });
      expect(run).toMatchObject({ outcomes: { delivered: 5000 }, lost: 0, repeated: 0, throttled: 0 });
      expect(run.shareOfRate).toBeGreaterThanOrEqual(0.99);
    },
  );

  it('from three instances over a store and a network that are slow at times is not throttled either', async () => {
    const run = await simulate({
      recipients: 5000,
      instances: 3,
      latency: {
        tables: { least: 5, jitter: 8 },
        queue: { least: 5, jitter: 8 },
        network: { least: 2, jitter: 3 },
      },
    });
    expect(run).toMatchObject({ outcomes: { delivered: 5000 }, lost: 0, repeated: 0, throttled: 0 });
    expect(run.shareOfRate).toBeGreaterThanOrEqual(0.97);
  });

  // About one 429 in a thousand, by the mean of five courses. What the rate loses is what the jitter needs: see "limit" in docs/performance.md.
  it.each([
    [40, 20, 1, 0.92],
    [40, 20, 3, 0.92],
    [40, 60, 1, 0.87],
    [40, 60, 3, 0.88],
    [80, 120, 1, 0.84],
    [80, 120, 3, 0.84],
    [80, 120, 10, 0.82],
    [80, 200, 1, 0.81],
    [80, 200, 3, 0.8],
    [80, 200, 10, 0.79],
  ])(
    'over a network of %i + %i ms from %i instances keeps %f of its rate',
    async (least, jitter, instances, share) => {
      const { runs, throttled, shareOfRate } = await inEachCourse({
        recipients: 5000,
        singleEvery: 2000,
        instances,
        latency: { ...usualLatency, network: { least, jitter } },
      });
      for (const run of runs)
        expect(run).toMatchObject({ outcomes: { delivered: 5000 }, lost: 0, repeated: 0 });
      expect(throttled).toBeLessThanOrEqual(7);
      expect(shareOfRate).toBeGreaterThanOrEqual(share);
    },
  );

  // What is asked of each: nobody is lost. What the rate loses is in docs/performance.md, and must not become more.
  it.each([
    ['clocks that are 200 ms apart', { clocksApart: 200 }, 0.97, 5],
    [
      'a network that is slow for 5 of 20 seconds',
      { spells: { every: 20_000, length: 5000, extra: 400 } },
      0.84,
      45,
    ],
    [
      'a store that takes 50 ms and more',
      { latency: { ...usualLatency, tables: { least: 50, jitter: 100 } } },
      0.5,
      5,
    ],
    [
      'a queue that takes 50 ms and more',
      { latency: { ...usualLatency, queue: { least: 50, jitter: 100 } } },
      0.8,
      15,
    ],
    ['an instance that begins', { startsAfter: 15_000 }, 0.99, 0],
    ['an instance that dies', { diesAfter: 15_000 }, 0.95, 0],
  ])('from three instances with %s loses nobody', async (_what, weather, share, most) => {
    const { runs, throttled, shareOfRate } = await inEachCourse({
      recipients: 5000,
      singleEvery: 2000,
      instances: 3,
      ...weather,
    });
    for (const run of runs) {
      expect(run.lost).toBe(0);
      // Who dies with a request under way has it sent once more: nobody knows what became of it.
      expect(run.repeated).toBeLessThanOrEqual('diesAfter' in weather ? 16 : 0);
    }
    expect(throttled).toBeLessThanOrEqual(most);
    expect(shareOfRate).toBeGreaterThanOrEqual(share);
  });

  it('from ten instances with clocks that are 200 ms apart keeps 97 % of its rate', async () => {
    const run = await simulate({ recipients: 5000, singleEvery: 2000, instances: 10, clocksApart: 200 });
    expect(run).toMatchObject({ lost: 0, repeated: 0 });
    expect(run.throttled).toBeLessThanOrEqual(5);
    expect(run.shareOfRate).toBeGreaterThanOrEqual(0.97);
  });

  it('over a network whose ways were measured takes these, each as often as it was there', async () => {
    const times = Array.from({ length: 100 }, (_, at) => (at < 90 ? 10 : 210));
    const measured = await simulate({ recipients: 2000, latency: { ...usualLatency, network: { times } } });
    const even = await simulate({ recipients: 2000, latency: { ...usualLatency, network: { times: [10] } } });
    expect(even).toMatchObject({ lost: 0, repeated: 0, throttled: 0 });
    expect(even.shareOfRate).toBeGreaterThanOrEqual(0.99);
    // One in ten comes 200 ms late and meets those behind it.
    expect(measured.shareOfRate).toBeLessThan(even.shareOfRate);
    expect(measured).toMatchObject({ lost: 0, repeated: 0 });
  });

  it('gives back what an instance held that is gone, and none of what it did comes after its end', async () => {
    const run = await simulate({ recipients: 500, instances: 1, startsAfter: 3000, diesAfter: 4000 });
    expect(run.lost).toBe(0);
    // The locks of what it held end after a minute.
    expect(run.took).toBeGreaterThan(60_000);
  });

  it('gives the same figures every time, and others with another seed', async () => {
    const [once, again, other] = [
      await simulate({ recipients: 500 }),
      await simulate({ recipients: 500 }),
      await simulate({ recipients: 500, seed: 2 }),
    ];
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });
});
