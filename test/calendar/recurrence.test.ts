import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextOccurrences, type Recurrence } from '../../shared/calendar/recurrence.ts';

const zones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Sao_Paulo',
  'Australia/Sydney',
  // Put forward by half an hour.
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  // Crossed the date line and skipped 30 December 2011.
  'Pacific/Apia',
  'UTC',
];
const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function local(...instants: readonly number[]): (zone: string) => readonly string[] {
  return (zone) =>
    instants.map((at) =>
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString(),
    );
}

function following(rule: Recurrence, instant: string, count: number): readonly string[] {
  return local(...nextOccurrences(rule, Date.parse(instant), count))(rule.zone);
}

describe('a recurrence follows the clock on the wall', () => {
  it('over both changes of the clock in the north', () => {
    const rule = { rrule: 'FREQ=MONTHLY', dtstart: '2026-01-15T09:00:00', zone: 'Europe/Berlin' };
    expect(following(rule, '2026-01-01T00:00:00Z', 12).every((time) => time.endsWith('-15T09:00:00'))).toBe(
      true,
    );
  });

  it('over both changes of the clock in the south', () => {
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=SU', dtstart: '2026-01-04T02:30:00', zone: 'Australia/Sydney' };
    const times = following(rule, '2026-01-01T00:00:00Z', 52);
    expect(times.filter((time) => !time.endsWith('T02:30:00'))).toEqual(['2026-10-04T03:30:00']);
  });

  it('and comes an hour later where the clock skips its time, on that day only', () => {
    const rule = { rrule: 'FREQ=DAILY', dtstart: '2026-03-28T02:30:00', zone: 'Europe/Berlin' };
    expect(following(rule, '2026-03-27T00:00:00Z', 3)).toEqual([
      '2026-03-28T02:30:00',
      '2026-03-29T03:30:00',
      '2026-03-30T02:30:00',
    ]);
  });

  it('and comes where it is the last one and the clock skips its time', () => {
    const rule = { rrule: 'FREQ=DAILY;COUNT=2', dtstart: '2026-03-28T02:30:00', zone: 'Europe/Berlin' };
    expect(following(rule, '2026-03-28T12:00:00Z', 2)).toEqual(['2026-03-29T03:30:00']);
  });

  it('and is not missed by who asks between a skipped time and the time it comes at', () => {
    const rule = { rrule: 'FREQ=DAILY', dtstart: '2026-03-28T02:30:00', zone: 'Europe/Berlin' };
    expect(following(rule, '2026-03-29T03:10:00+02:00', 1)).toEqual(['2026-03-29T03:30:00']);
  });

  it('and comes in order where a skipped time comes after a later one', () => {
    const rrule = 'FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30;BYSETPOS=2,3';
    const rule = { rrule, dtstart: '2026-03-28T02:30:00', zone: 'Europe/Berlin' };
    expect(following(rule, '2026-03-28T12:00:00Z', 3)).toEqual([
      '2026-03-29T03:00:00',
      '2026-03-29T03:30:00',
      '2026-03-30T02:30:00',
    ]);
  });

  it('and comes once where the clock shows its time twice, the first time', () => {
    const rule = { rrule: 'FREQ=DAILY', dtstart: '2026-10-24T02:30:00', zone: 'Europe/Berlin' };
    const [, second, third] = nextOccurrences(rule, Date.parse('2026-10-23T12:00:00Z'), 3);
    expect(second).toBe(Date.parse('2026-10-25T02:30:00+02:00'));
    expect(third).toBe(Date.parse('2026-10-26T02:30:00+01:00'));
  });

  it('and does not come twice where a skipped time falls on another of its times', () => {
    const rule = {
      rrule: 'FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30',
      dtstart: '2026-03-28T02:30:00',
      zone: 'Europe/Berlin',
    };
    expect(following(rule, '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T03:30:00',
      '2026-03-30T02:30:00',
    ]);
  });

  it('but every so many hours are hours that pass', () => {
    const rule = { rrule: 'FREQ=HOURLY;INTERVAL=2', dtstart: '2026-10-25T00:00:00', zone: 'Europe/Berlin' };
    const times = nextOccurrences(rule, Date.parse('2026-10-24T21:00:00Z'), 6);
    expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual(Array(5).fill(7_200_000));
  });
});

describe('hours and minutes', () => {
  it('pass while the clock is put back', () => {
    const rule = {
      rrule: 'FREQ=MINUTELY;INTERVAL=45',
      dtstart: '2026-10-25T01:00:00',
      zone: 'Europe/Berlin',
    };
    const times = nextOccurrences(rule, Date.parse('2026-10-24T22:00:00Z'), 6);
    expect(times.map((time) => new Date(time).toISOString().slice(8, 16))).toEqual([
      '24T23:00',
      '24T23:45',
      '25T00:30',
      '25T01:15',
      '25T02:00',
      '25T02:45',
    ]);
  });

  it.each([
    ['a day of the month', 'FREQ=HOURLY;INTERVAL=8;BYMONTHDAY=25', '2026-11-25T07:30:00'],
    ['the 25th of a month', 'FREQ=HOURLY;INTERVAL=8;BYMONTH=11;BYMONTHDAY=25', '2026-11-25T07:30:00'],
  ])('of %s are those of the day where the person is', (_what, rrule, dtstart) => {
    const rule = { rrule, dtstart, zone: 'America/New_York' };
    expect(following(rule, '2026-11-24T00:00:00Z', 3)).toEqual([
      '2026-11-25T07:30:00',
      '2026-11-25T15:30:00',
      // In UTC this is the 26th.
      '2026-11-25T23:30:00',
    ]);
  });
});

describe('dates that do not exist', () => {
  it('31st: months without one are left out', () => {
    const rule = {
      rrule: 'FREQ=MONTHLY;BYMONTHDAY=31',
      dtstart: '2026-12-31T09:00:00',
      zone: 'Europe/Berlin',
    };
    expect(following(rule, '2026-12-01T00:00:00Z', 4).map((time) => time.slice(0, 10))).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-03-31',
      '2027-05-31',
    ]);
  });

  it('29 February: leap years only, and 2100 is none', () => {
    const rule = {
      rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      dtstart: '2028-02-29T09:00:00',
      zone: 'Europe/Berlin',
    };
    expect(following(rule, '2095-01-01T00:00:00Z', 3).map((time) => time.slice(0, 10))).toEqual([
      '2096-02-29',
      '2104-02-29',
      '2108-02-29',
    ]);
  });

  it('the last day of each month is on its last day, whichever that is', () => {
    const rule = {
      rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1',
      dtstart: '2027-12-31T09:00:00',
      zone: 'Europe/Berlin',
    };
    expect(following(rule, '2027-12-31T12:00:00Z', 4).map((time) => time.slice(5, 10))).toEqual([
      '01-31',
      '02-29',
      '03-31',
      '04-30',
    ]);
  });
});

describe('a recurrence ends', () => {
  it('after its count, wherever one begins to look', () => {
    const rule = { rrule: 'FREQ=DAILY;COUNT=3', dtstart: '2026-03-28T02:30:00', zone: 'Europe/Berlin' };
    expect(following(rule, '2026-03-01T00:00:00Z', 9)).toHaveLength(3);
    expect(following(rule, '2026-03-29T12:00:00Z', 9)).toEqual(['2026-03-30T02:30:00']);
    expect(following(rule, '2026-03-30T12:00:00Z', 9)).toEqual([]);
  });

  it('at UNTIL, that instant included', () => {
    const rule = {
      rrule: 'FREQ=DAILY;UNTIL=20260330T003000Z',
      dtstart: '2026-03-28T02:30:00',
      zone: 'Europe/Berlin',
    };
    expect(following(rule, '2026-03-01T00:00:00Z', 9)).toHaveLength(3);
  });

  it('and one that cannot be read is refused by name', () => {
    const rule = { rrule: 'FREQ=SOMETIMES', dtstart: '2026-03-28T02:30:00', zone: 'UTC' };
    expect(() => nextOccurrences(rule, 0, 1)).toThrow(RangeError);
    expect(() => nextOccurrences({ ...rule, rrule: 'FREQ=DAILY', dtstart: 'soon' }, 0, 1)).toThrow(
      /dtstart is "soon"/,
    );
  });
});

/** A rule, and by itself, day by day, whether it holds on a day. */
interface Known {
  readonly rrule: string;
  readonly holds: (day: Temporal.PlainDate, first: Temporal.PlainDate) => boolean;
}

const interval = fc.integer({ min: 1, max: 4 });
const someDays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
const monthsBetween = (a: Temporal.PlainDate, b: Temporal.PlainDate): number =>
  (b.year - a.year) * 12 + b.month - a.month;
const monday = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });
const daysBetween = (a: Temporal.PlainDate, b: Temporal.PlainDate): number =>
  a.until(b, { largestUnit: 'day' }).days;

const known: fc.Arbitrary<Known> = fc.oneof(
  interval.map((n) => ({
    rrule: `FREQ=DAILY;INTERVAL=${n}`,
    holds: (day: Temporal.PlainDate, first: Temporal.PlainDate) => daysBetween(first, day) % n === 0,
  })),
  fc.tuple(interval, someDays).map(([n, days]) => ({
    rrule: `FREQ=WEEKLY;INTERVAL=${n};BYDAY=${days.map((day) => codes[day - 1]).join(',')}`,
    holds: (day: Temporal.PlainDate, first: Temporal.PlainDate) =>
      days.includes(day.dayOfWeek) && (daysBetween(monday(first), monday(day)) / 7) % n === 0,
  })),
  fc.tuple(interval, fc.constantFrom(1, 15, 28, 29, 30, 31, -1)).map(([n, of]) => ({
    rrule: `FREQ=MONTHLY;INTERVAL=${n};BYMONTHDAY=${of}`,
    holds: (day: Temporal.PlainDate, first: Temporal.PlainDate) =>
      monthsBetween(first, day) % n === 0 && day.day === (of < 0 ? day.daysInMonth : of),
  })),
  fc.tuple(fc.constantFrom(1, 2, 3, 4, -1), fc.integer({ min: 1, max: 7 })).map(([nth, weekday]) => ({
    rrule: `FREQ=MONTHLY;BYDAY=${nth}${codes[weekday - 1]}`,
    holds: (day: Temporal.PlainDate) =>
      day.dayOfWeek === weekday && (nth > 0 ? Math.ceil(day.day / 7) === nth : day.day + 7 > day.daysInMonth),
  })),
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 29 })).map(([month, of]) => ({
    rrule: `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${of}`,
    holds: (day: Temporal.PlainDate) => day.month === month && day.day === of,
  })),
);

describe('every occurrence of a rule, and nothing else, comes', () => {
  const start = fc.record({
    zone: fc.constantFrom(...zones),
    day: fc.integer({ min: 0, max: 40_000 }),
    minute: fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 240 })),
    skipped: fc.integer({ min: 0, max: 400 }),
  });

  it('whatever the rule, the zone, the start and the moment of asking', () => {
    fc.assert(
      fc.property(known, start, ({ rrule, holds }, { zone, day, minute, skipped }) => {
        const first = Temporal.PlainDate.from('1995-01-01').add({ days: day });
        const time = Temporal.PlainTime.from('00:00').add({ minutes: minute });
        const from = first
          .add({ days: skipped })
          .toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
        const expected: number[] = [];
        for (let each = first, days = 0; days < skipped + 800; each = each.add({ days: 1 }), days += 1) {
          if (!holds(each, first)) continue;
          // 'compatible' is Temporal's default: later where the clock skips, the first where it shows a time twice.
          const at = each.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
          if (at > from && !expected.includes(at)) expected.push(at);
        }
        const dtstart = first.toPlainDateTime(time).toString({ smallestUnit: 'second' });
        const count = Math.min(12, expected.length);
        const sorted = expected.sort((a, b) => a - b).slice(0, count);
        expect(nextOccurrences({ rrule, dtstart, zone }, from, count)).toEqual(sorted);
      }),
      { numRuns: 100 },
    );
  });
});
