import { describe, expect, it } from 'vitest';
import {
  afterSend,
  burstUntil,
  callAhead,
  earliestSend,
  heldBackUntil,
  isMoving,
  LINE_PATIENCE,
  LONGEST_ON_ITS_WAY,
  lineEnd,
  lineUp,
  nextSlot,
  noSends,
  type RateLimit,
  type SendWindows,
  SLOT_GOOD_FOR,
} from '../../../shared/domain/delivery/pace.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
/** At the beginning of a minute. */
const noon = Date.UTC(2026, 10, 22, 12);

it('spans are these', () => {
  expect([LONGEST_ON_ITS_WAY, LINE_PATIENCE, SLOT_GOOD_FOR]).toEqual([500, 5000, 400]);
});

describe('a limit has room again', () => {
  const limit: RateLimit = { count: 2, window: MINUTE };

  it('when the window and what a request takes on its way are over, to the millisecond', () => {
    const sent = { ...noSends, recent: [noon, noon + 10] };
    const next = noon + MINUTE + 500 + 1;
    expect(earliestSend(sent, [limit], noon + 20)).toBe(next);
    expect(earliestSend(sent, [limit], next - 2)).toBe(next);
    expect(earliestSend(sent, [limit], next - 1)).toBe(next - 1);
    expect(earliestSend({ ...noSends, recent: [noon] }, [limit], noon + 20)).toBe(noon + 20);
  });

  it('after an hour of which the sends lay at the end of a minute, by the latest that they can have been', () => {
    let windows: SendWindows = noSends;
    for (const at of [59_000, 59_001, 59_002, 100_000]) windows = afterSend(windows, noon + at, false);
    expect(windows).toMatchObject({ recent: [noon + 100_000], older: [{ minute: noon, count: 3 }] });
    const hourly = [{ count: 4, window: HOUR }];
    expect(earliestSend(windows, hourly, noon + HOUR + SECOND)).toBe(noon + MINUTE + HOUR + 501);
  });

  it('and what is counted by the minute is never younger than what is counted one by one', () => {
    let windows: SendWindows = noSends;
    for (const at of [1000, 1001, 33_000]) windows = afterSend(windows, noon + at, false);
    expect(earliestSend(windows, [{ count: 3, window: HOUR }], noon + 34_000)).toBe(noon + 2000 + HOUR + 501);
  });

  it('and of each minute so much is known for an hour and a minute', () => {
    const windows = { ...noSends, older: [{ minute: noon, count: 5 }] };
    expect(afterSend(windows, noon + 61 * MINUTE - 1, false).older).toEqual([{ minute: noon, count: 5 }]);
    expect(afterSend(windows, noon + 61 * MINUTE, false).older).toEqual([]);
  });

  it('of an hour at any rhythm: fast at the end of each minute, then pauses, then fast again', () => {
    const hourly = [{ count: 180, window: HOUR }];
    const sent: number[] = [];
    let windows: SendWindows = noSends;
    for (let minute = 0; minute < 75; minute += 1) {
      for (let at = noon + minute * MINUTE + 58_000; at < noon + (minute + 1) * MINUTE; at += 330) {
        if (earliestSend(windows, hourly, at) > at) continue;
        windows = afterSend(windows, at, false);
        sent.push(at);
      }
    }
    expect(sent.length).toBeGreaterThan(240);
    const tooMany = sent.filter((at, index) => (sent[index + 180] ?? Number.POSITIVE_INFINITY) - at <= HOUR);
    expect(tooMany).toEqual([]);
  });
});

describe('the burst guard', () => {
  const limit: RateLimit = { count: 3, window: MINUTE };
  const bursts = [noon, noon + 10, noon + 20];

  it('waits from the third message on until the first is a window old', () => {
    expect(burstUntil({ ...noSends, bursts }, limit, noon + 50)).toBe(noon + MINUTE);
    expect(burstUntil({ ...noSends, bursts }, limit, noon + MINUTE)).toBe(noon + MINUTE);
    expect(burstUntil({ ...noSends, bursts: [...bursts, noon + 30] }, limit, noon + 50)).toBe(
      noon + MINUTE + 10,
    );
    expect(burstUntil({ ...noSends, bursts: bursts.slice(1) }, limit, noon + 50)).toBe(noon + 50);
  });

  it('counts what it is told to', () => {
    expect(afterSend(noSends, noon, true).bursts).toEqual([noon]);
    expect(afterSend(noSends, noon, false).bursts).toEqual([]);
  });
});

describe('a line', () => {
  const limits = [{ count: 7, window: SECOND }];

  it('has places a little further apart than the limit asks', () => {
    const first = lineUp({ line: undefined, sent: { ...noSends, recent: [noon] }, limits }, noon);
    const second = lineUp({ line: first.line, sent: noSends, limits }, noon);
    // (1000 + 500) / 7 * 1.05
    expect([first.at, second.at]).toEqual([noon + 225, noon + 450]);
  });

  it('that ends a day ahead is a clock that was wrong', () => {
    const until = (end: number) => lineEnd({ ...noSends, recent: [end] }, noon);
    expect(until(noon + 24 * HOUR - 1)).toBe(noon + 24 * HOUR - 1);
    expect(until(noon + 24 * HOUR)).toBeUndefined();
    expect(until(noon)).toBeUndefined();
  });

  it('moves for five seconds after the last request', () => {
    expect(isMoving({ ...noSends, recent: [noon] }, noon + 4999)).toBe(true);
    expect(isMoving({ ...noSends, recent: [noon] }, noon + 5000)).toBe(false);
  });
});

describe("a tenant's slots", () => {
  it('are looked at so much ahead', () => {
    expect([10, 50, 100].map(callAhead)).toEqual([150, 150, 75]);
  });

  it('are forgotten when they lie further ahead than anything puts them', () => {
    expect(heldBackUntil(noon + 3 * HOUR, noon)).toBe(noon + HOUR);
    // An hour, what is reserved ahead, and what clocks may be apart.
    expect(nextSlot(noon + 2 * HOUR, noon)).toBe(noon + 2 * HOUR);
    expect(nextSlot(noon + 2 * HOUR + 1, noon)).toBe(Number.NEGATIVE_INFINITY);
  });
});
