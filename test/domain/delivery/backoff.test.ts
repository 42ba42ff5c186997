import { describe, expect, it } from 'vitest';
import {
  LONGEST_RETRY_AFTER,
  LONGEST_RETRYING,
  MOST_ATTEMPTS,
  retryDelay,
} from '../../../shared/domain/delivery/backoff.ts';

const ALMOST_ONE = 0.999_999;

it('a delivery is tried twelve times within a day', () => {
  expect([MOST_ATTEMPTS, LONGEST_RETRYING]).toEqual([12, 86_400_000]);
});

describe('the wait before the next attempt', () => {
  it.each([
    [1, 2000],
    [2, 5000],
    [3, 15_000],
    [4, 45_000],
    [5, 120_000],
    [6, 300_000],
    [7, 900_000],
    [12, 900_000],
  ])('after the attempt %d lies anywhere between a tenth of a second and %d ms', (attempt, most) => {
    expect(retryDelay(attempt, 0)).toBe(100);
    expect(retryDelay(attempt, 0.5)).toBe((100 + most) / 2);
    expect(retryDelay(attempt, ALMOST_ONE)).toBe(most);
  });

  it('is what the channel asks for, and up to a second more', () => {
    expect(retryDelay(1, 0, 10_000)).toBe(10_000);
    expect(retryDelay(1, 0.5, 10_000)).toBe(10_500);
  });

  it('is an hour where the channel asks for more', () => {
    expect(LONGEST_RETRY_AFTER).toBe(3_600_000);
    expect(retryDelay(1, 0, 7 * 86_400_000)).toBe(3_600_000);
  });

  it('is our own from the fourth attempt on, where the channel always asks for a moment', () => {
    expect(retryDelay(3, 0.5, 1000)).toBe(1500);
    expect(retryDelay(4, 0.5, 1000)).toBe(22_550);
    expect(retryDelay(4, 0.5, 60_000)).toBe(60_500);
  });
});
