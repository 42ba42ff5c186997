import { describe, expect, it } from 'vitest';
import { isBusy } from '../../shared/domain/conversation/dialog-status.ts';
import { FORGOTTEN_FOR, forgottenUntil } from '../../shared/domain/conversation/forgetting.ts';
import { isBeingSaid, noTurns, SAYING } from '../../shared/domain/conversation/turn-state.ts';
import { LONGEST_RETRY_AFTER } from '../../shared/domain/delivery/backoff.ts';
import { LONGEST_LEASE } from '../../shared/domain/delivery/delivery.ts';
import {
  afterSend,
  burstUntil,
  earliestSend,
  heldBackUntil,
  LONGEST_HELD_BACK,
  nextSlot,
  noSends,
} from '../../shared/domain/delivery/pace.ts';
import { CLOCKS_APART, days, hours, isFarAhead, minutes, seconds } from '../../shared/domain/time.ts';
import { LONGEST_WISH } from '../../shared/use-cases/upkeep/sweep-overdue.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const YEAR = days(365);

it('the largest values that stored times can honestly have are these', () => {
  expect({
    CLOCKS_APART,
    LONGEST_HELD_BACK,
    LONGEST_LEASE,
    LONGEST_RETRY_AFTER,
    SAYING,
    FORGOTTEN_FOR,
    LONGEST_WISH,
  }).toEqual({
    CLOCKS_APART: 300_000,
    LONGEST_HELD_BACK: 3_600_000,
    LONGEST_LEASE: 3_600_000,
    LONGEST_RETRY_AFTER: 3_600_000,
    SAYING: 20_000,
    FORGOTTEN_FOR: 86_400_000,
    LONGEST_WISH: 31_622_400_000,
  });
});

it('five minutes ahead clocks may be apart, a millisecond more and it says nothing', () => {
  expect([isFarAhead(NOW + minutes(5), NOW), isFarAhead(NOW + minutes(5) + 1, NOW)]).toEqual([false, true]);
  expect([
    isFarAhead(NOW + minutes(6), NOW, minutes(1)),
    isFarAhead(NOW + minutes(6) + 1, NOW, minutes(1)),
  ]).toEqual([false, true]);
});

describe('a time that was wrong once heals:', () => {
  it('a tenant’s cursor', () => {
    const most = NOW + hours(1) + minutes(55) + CLOCKS_APART;
    expect(nextSlot(most, NOW)).toBe(most);
    expect(nextSlot(most + 1, NOW)).toBe(Number.NEGATIVE_INFINITY);
    expect(nextSlot(NOW + YEAR, NOW)).toBe(Number.NEGATIVE_INFINITY);
    expect(heldBackUntil(NOW + YEAR, NOW)).toBe(NOW + hours(1));
  });

  it('what was sent into a conversation', () => {
    const limits = [{ count: 1, window: seconds(1) }];
    for (const windows of [
      { ...noSends, recent: [NOW + YEAR] },
      { ...noSends, older: [{ minute: NOW + YEAR, count: 99 }] },
    ]) {
      expect(earliestSend(windows, limits, NOW)).toBe(NOW);
      expect(afterSend(windows, NOW, false)).toEqual({ ...noSends, recent: [NOW] });
    }
    // A clock that is a little ahead is believed.
    const ahead = { ...noSends, recent: [NOW + seconds(2)] };
    expect(earliestSend(ahead, limits, NOW)).toBe(NOW + seconds(2) + 1501);
  });

  it('what the burst guard counts', () => {
    const burst = { count: 1, window: seconds(60) };
    expect(burstUntil({ ...noSends, bursts: [NOW + YEAR] }, burst, NOW)).toBe(NOW);
    expect(afterSend({ ...noSends, bursts: [NOW + YEAR] }, NOW, true).bursts).toEqual([NOW]);
    expect(burstUntil({ ...noSends, bursts: [NOW + seconds(1)] }, burst, NOW)).toBe(NOW + seconds(61));
  });

  it('when somebody last spoke', () => {
    const status = (lastSpokenAt: number) => ({ active: true, lastSpokenAt });
    expect(isBusy(status(NOW + YEAR), NOW, minutes(15))).toBe(false);
    expect(isBusy(status(NOW + minutes(5)), NOW, minutes(15))).toBe(true);
  });

  it('until when a turn’s answers are being said', () => {
    const saying = (sayingUntil: number) => ({
      ...noTurns,
      turns: [{ id: 'a', at: NOW, replies: [], said: 0, sayingUntil }],
    });
    expect(isBeingSaid(saying(NOW + YEAR), NOW)).toBe(false);
    expect(isBeingSaid(saying(NOW + SAYING + CLOCKS_APART), NOW)).toBe(true);
    expect(isBeingSaid(saying(NOW + SAYING + CLOCKS_APART + 1), NOW)).toBe(false);
  });

  it('a tombstone: its day begins with the first time that everything was looked through', () => {
    expect(forgottenUntil({ at: NOW }, NOW)).toBe(NOW + days(1));
    expect(forgottenUntil({ at: NOW + YEAR }, NOW)).toBe(NOW + days(1));
    expect(forgottenUntil({ at: NOW + YEAR, cleanedAt: NOW - hours(23) }, NOW)).toBe(NOW + hours(1));
  });
});
