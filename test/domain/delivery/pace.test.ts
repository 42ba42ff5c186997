import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterSend,
  burstUntil,
  earliestSend,
  LONGEST_ON_ITS_WAY,
  noSends,
  parseRateLimits,
  type RateLimit,
  type SendWindows,
  withFullBurst,
} from '../../../shared/domain/delivery/pace.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';

const teams = parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [];
const noon = Date.UTC(2026, 10, 22, 12);

describe('a full burst', () => {
  it('leaves no room until its whole window is over, and counts no request', () => {
    const limit = { count: 3, window: seconds(60) };
    const full = withFullBurst(afterSend(noSends, noon, true), limit, noon);
    expect(burstUntil(full, limit, noon + seconds(1))).toBe(noon + seconds(60));
    expect(burstUntil(full, limit, noon + seconds(60))).toBe(noon + seconds(60));
    expect(full.recent).toEqual([noon]);
    expect(withFullBurst(full, { count: 1_000_000, window: seconds(60) }, noon).bursts).toHaveLength(100);
  });
});

describe('limits on one conversation', () => {
  it('are read with their units, and refused when unreadable', () => {
    expect(teams).toEqual([
      { count: 7, window: seconds(1) },
      { count: 8, window: seconds(2) },
      { count: 60, window: seconds(30) },
      { count: 1800, window: minutes(60) },
    ]);
    for (const bad of ['', '7', '7/1', '0/1s', '7/1d', '7/1s,', 'x/1s'])
      expect(parseRateLimits(bad)).toBeUndefined();
  });

  it('let the first seven through, and the eighth when the first has left the window, however late it arrived', () => {
    let windows: SendWindows = noSends;
    for (let sent = 0; sent < 7; sent += 1) {
      expect(earliestSend(windows, teams, noon)).toBe(noon);
      windows = afterSend(windows, noon, true);
    }
    expect(earliestSend(windows, teams, noon)).toBe(noon + seconds(1) + LONGEST_ON_ITS_WAY + 1);
  });

  it('are never broken by requests that wait as told, over hours and at any rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 400 }), (gaps) => {
        const sends: number[] = [];
        let windows: SendWindows = noSends;
        let now = noon;
        for (const gap of gaps) {
          now = earliestSend(windows, teams, now + gap);
          windows = afterSend(windows, now, false);
          sends.push(now);
        }
        for (const limit of teams) expect(mostWithin(sends, limit)).toBeLessThanOrEqual(limit.count);
      }),
      { numRuns: 50 },
    );
  });

  it('are never broken where the channel counts, although one request is on its way for longer than the next', () => {
    const step = fc.record({
      gap: fc.integer({ min: 0, max: 500 }),
      onItsWay: fc.integer({ min: 0, max: LONGEST_ON_ITS_WAY }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 200 }), (steps) => {
        const arrivals: number[] = [];
        let windows: SendWindows = noSends;
        let now = noon;
        for (const { gap, onItsWay } of steps) {
          now = earliestSend(windows, teams, now + gap);
          windows = afterSend(windows, now, false);
          arrivals.push(now + onItsWay);
        }
        arrivals.sort((a, b) => a - b);
        for (const limit of teams) expect(mostWithin(arrivals, limit)).toBeLessThanOrEqual(limit.count);
      }),
      { numRuns: 50 },
    );
  });

  it('hold for an hour at full speed', () => {
    const sends: number[] = [];
    let windows: SendWindows = noSends;
    let now = noon;
    for (let sent = 0; sent < 3700; sent += 1) {
      now = earliestSend(windows, teams, now);
      windows = afterSend(windows, now, false);
      sends.push(now);
    }
    for (const limit of teams) expect(mostWithin(sends, limit)).toBeLessThanOrEqual(limit.count);
    // 3,700 of them: two hours are full, the third has begun.
    expect(now - noon).toBeGreaterThanOrEqual(minutes(119));
    expect(JSON.stringify(windows).length).toBeLessThan(8 * 1024);
  });

  it('give all that they allow: sixty in each thirty seconds, minute after minute', () => {
    let windows: SendWindows = noSends;
    let now = noon;
    for (let sent = 1; sent < 1500; sent += 1) {
      windows = afterSend(windows, now, false);
      now = earliestSend(windows, teams, now);
    }
    const rounds = Math.floor(1499 / 60);
    expect(now - noon).toBeLessThanOrEqual(rounds * (seconds(30) + LONGEST_ON_ITS_WAY + 1) + seconds(20));
  });

  it('count for the burst guard only what the caller says', () => {
    expect(afterSend(noSends, noon, true).bursts).toEqual([noon]);
    expect(afterSend(noSends, noon, false).bursts).toEqual([]);
  });
});

function mostWithin(sends: readonly number[], { window }: RateLimit): number {
  let most = 0;
  let first = 0;
  sends.forEach((at, index) => {
    while ((sends[first] ?? at) <= at - window) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
