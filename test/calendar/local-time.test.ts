import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { fromWall, isZone, parseWall, toWall, wallIso } from '../../shared/calendar/local-time.ts';

const zones = Intl.supportedValuesOf('timeZone');

describe('local time', () => {
  it('is what Temporal says, in every zone, at any time until 2100', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.parse('1990-01-01T00:00:00Z'), max: Date.parse('2100-12-31T00:00:00Z') }),
        (zone, at) => {
          const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
          expect(toWall(at, zone)).toBe(Date.parse(`${zoned.toPlainDateTime().toString()}Z`));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('becomes the instant that Temporal says, also where a clock skips it or shows it twice', () => {
    const transitions = zones.flatMap((zone) => {
      const next = Temporal.ZonedDateTime.from(`2026-06-01T00:00[${zone}]`).getTimeZoneTransition('next');
      return next === null ? [] : [{ zone, at: next.epochMilliseconds }];
    });
    expect(transitions.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(
        fc.constantFrom(...transitions),
        fc.integer({ min: -300, max: 300 }),
        ({ zone, at }, minutes) => {
          const wall = toWall(at, zone) + minutes * 60_000;
          const plain = Temporal.PlainDateTime.from(wallIso(wall));
          expect(fromWall(wall, zone)).toBe(plain.toZonedDateTime(zone).epochMilliseconds);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read as it is written, and nothing else is', () => {
    const wall = Date.parse('2026-11-23T15:00:00Z');
    expect(wallIso(wall)).toBe('2026-11-23T15:00:00');
    expect(parseWall('2026-11-23T15:00:00')).toBe(wall);
    for (const text of ['2026-11-23', '2026-02-30T15:00:00', '2026-11-23T15:00:00Z', 'now'])
      expect(parseWall(text)).toBeUndefined();
  });

  it('knows zones by their names', () => {
    expect(isZone('Europe/Berlin')).toBe(true);
    for (const name of ['', 'Europe/Atlantis', 'Berlin']) expect(isZone(name)).toBe(false);
  });
});
