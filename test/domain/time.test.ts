import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  days,
  hours,
  minutes,
  parseInstant,
  parseIsoDuration,
  seconds,
  toIso,
} from '../../shared/domain/time.ts';

describe('ISO 8601 durations', () => {
  it.each([
    ['PT10M', minutes(10)],
    ['P1DT12H', days(1) + hours(12)],
    ['P2W', days(14)],
    ['PT0.5S', 500],
    ['PT0S', 0],
  ])('reads %s', (text, expected) => {
    expect(parseIsoDuration(text)).toBe(expected);
  });

  it.each(['', 'P', 'PT', '10M', 'P1M', 'P1Y', 'PT-5M', 'PT1H1H', 'P1DT', 'pt10m', 'PT10M '])(
    'refuses %j',
    (text) => {
      expect(parseIsoDuration(text)).toBeUndefined();
    },
  );
});

describe('RFC 3339 instants', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (instant) => {
        expect(parseInstant(toIso(instant))).toBe(instant);
      }),
    );
  });

  it('reads an offset', () => {
    expect(parseInstant('2026-12-01T01:00:00+01:00')).toBe(Date.UTC(2026, 11, 1));
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-12-01',
    '2026-12-01T00:00:00',
    'tomorrow',
    '0',
  ])('refuses %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

it('durations are milliseconds, built by unit', () => {
  expect([seconds(1), minutes(1), hours(1), days(1)]).toEqual([1000, 60_000, 3_600_000, 86_400_000]);
});
