import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextOccurrences } from '../../shared/calendar/recurrence.ts';
import { understandWhen } from '../../shared/calendar/understand.ts';

/** Whenever it is said, and wherever, within a few days of a change of the clock or at any time until 2099. */
const said = fc
  .tuple(
    fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'America/St_Johns',
      'America/Santiago',
      'Australia/Lord_Howe',
      'Pacific/Auckland',
      'Africa/Cairo',
      'Asia/Kolkata',
    ),
    fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2099-01-01T00:00:00Z') }),
    fc.boolean(),
    fc.integer({ min: -4000, max: 4000 }),
  )
  .map(([zone, time, isNearChange, minutes]) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
    const change = isNearChange ? zoned.getTimeZoneTransition('next') : null;
    const now = change === null ? time : change.epochMilliseconds + minutes * 60_000;
    return { now, zone };
  });

function local(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/** What the clock shows when that time of the day comes: later, where the clock skips it. */
function shown(at: number, zone: string, time: string): string {
  return local(at, zone)
    .toPlainDate()
    .toZonedDateTime({ timeZone: zone, plainTime: time })
    .toPlainTime()
    .toString();
}

describe('whenever and wherever it is said', () => {
  it.each([
    ['at 3am', '03:00'],
    ['at 2:30am', '02:30'],
    ['at 14:30', '14:30'],
    ['tomorrow at 1:30am', '01:30'],
    ['next monday', '09:00'],
    ['on the 31st', '09:00'],
    ['on 29 february at 2am', '02:00'],
    ['at the end of the month', '09:00'],
    ['the day after tomorrow at 00:15', '00:15'],
    ['every day at 2:30am', '02:30'],
    ['every weekday at 9am', '09:00'],
    ['every other friday at 1am', '01:00'],
    ['every last sunday of the month at 2:30am', '02:30'],
    ['every 31st at noon', '12:00'],
    ['every february 29 at noon', '12:00'],
  ])('"%s" is ahead, at that time of the day, and follows its own rule', (text, time) => {
    fc.assert(
      fc.property(said, ({ now, zone }) => {
        const read = understandWhen(text, { now, zone });
        if (!read.understood) throw new Error(read.reason);
        expect(read.at).toBeGreaterThan(now);
        expect(local(read.at, zone).toPlainTime().toString()).toBe(shown(read.at, zone, time));
        if (read.rrule === undefined) return;
        const rule = { rrule: read.rrule, dtstart: read.dtstart, zone };
        const [first, ...others] = nextOccurrences(rule, read.at - 1, 4);
        expect(first).toBe(read.at);
        for (const other of others)
          expect(local(other, zone).toPlainTime().toString()).toBe(shown(other, zone, time));
      }),
      { numRuns: 40 },
    );
  });

  it('"in 3 hours" is three hours that pass, and "in 3 days" keeps the clock', () => {
    fc.assert(
      fc.property(said, ({ now, zone }) => {
        const hours = understandWhen('in 3 hours', { now, zone });
        const days = understandWhen('in 3 days', { now, zone });
        expect(hours).toMatchObject({ at: now + 3 * 3_600_000 });
        expect(days).toMatchObject({ at: local(now, zone).add({ days: 3 }).epochMilliseconds });
      }),
      { numRuns: 100 },
    );
  });
});
