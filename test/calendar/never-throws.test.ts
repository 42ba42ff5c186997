import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysInMonth } from '../../shared/calendar/local-time.ts';
import { nextOccurrence, nextOccurrences } from '../../shared/calendar/recurrence.ts';
import {
  describeRefusal,
  understand,
  understandDuration,
  understandWhen,
} from '../../shared/calendar/understand.ts';
import { days, hours, minutes } from '../../shared/domain/time.ts';
import { said } from './corpus/said.ts';

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const clocks = ['', ' at noon', ' at 2:30am', ' at 9am and 5pm', ' at 23:59'];
const ends = [
  '',
  ' 3 times',
  ' until 31 december',
  ' until 30 february',
  ' for 2 weeks',
  ' for 0 days',
  ' 0 times',
];

function read(text: string) {
  const understood = understandWhen(text, { ...said, locale: 'en-US' });
  // Whatever was understood can be stored and followed.
  if (understood.understood && understood.rrule !== undefined) {
    const rule = { rrule: understood.rrule, dtstart: understood.dtstart, zone: understood.zone };
    expect([text, nextOccurrence(rule, understood.at - 1)]).toEqual([text, understood.at]);
  }
  return understood;
}

describe('a date of every year', () => {
  it.each(months.map((name, index) => [name, index + 1] as const))(
    'in %s is one that there is',
    (name, month) => {
      for (let day = 1; day <= 31; day += 1) {
        const exists = day <= daysInMonth(2000, month);
        for (const phrase of [
          `every ${name} ${day}`,
          `every year on ${name} ${day}`,
          `every ${month}/${day}`,
        ]) {
          const clock = clocks[day % clocks.length] ?? '';
          const understood = read(`${phrase}${clock}`);
          if (exists) expect([phrase, understood.understood]).toEqual([phrase, true]);
          else
            expect(understood).toMatchObject({
              understood: false,
              reason: 'no-such-date',
              never: { month, day },
            });
        }
      }
    },
  );

  it.each([
    ['every feb 30', 'February has no 30th.', 'Den 30. Februar gibt es nicht.'],
    ['every 31st of april', 'April has no 31st.', 'Den 31. April gibt es nicht.'],
    ['on feb 31 at noon', 'February has no 31st.', 'Den 31. Februar gibt es nicht.'],
    ['every june 31 at 9am', 'June has no 31st.', 'Den 31. Juni gibt es nicht.'],
  ])('says what is wrong with it: %s', (text, english, german) => {
    const understood = read(text);
    if (understood.understood) throw new Error(`${text} was understood`);
    expect(understood.message).toBe(english);
    expect(describeRefusal(understood, 'de-AT')).toBe(german);
  });

  it('is told apart from one that some years have', () => {
    expect(read('every feb 29')).toMatchObject({ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29' });
  });
});

describe('what comes again', () => {
  it('on every day of the month, by every frequency, clock and end, is read or refused', () => {
    for (let day = 1; day <= 31; day += 1) {
      for (const phrase of [
        `every month on the ${day}th`,
        `every ${day}th`,
        `every 12 months on the ${day}th`,
      ]) {
        const end = ends[day % ends.length] ?? '';
        const clock = clocks[day % clocks.length] ?? '';
        expect(() => read(`${phrase}${clock}${end}`)).not.toThrow();
      }
    }
    for (const unit of [
      'minutes',
      'hours',
      'days',
      'weeks',
      'months',
      'quarters',
      'years',
      'mondays',
      'weekends',
    ])
      for (const count of [0, 1, 2, 7, 1000, 99_999, 1e9, -3, 0.5, 1.5, '1e308', '9'.repeat(400)])
        for (const end of ends) expect(() => read(`every ${count} ${unit}${end}`)).not.toThrow();
  });

  it('of a rule without any occurrence is nothing, and no fault', () => {
    for (const [rrule, dtstart] of [
      ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-11-23T09:00:00'],
      ['FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31', '2026-11-23T09:00:00'],
      ['FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29', '2027-03-01T09:00:00'],
      ['FREQ=DAILY;INTERVAL=999999999', '2026-11-23T09:00:00'],
    ] as const)
      expect(nextOccurrences({ rrule, dtstart, zone: 'Europe/Berlin' }, said.now, 3)).toEqual([]);
  });

  it.each([
    ['every 1 hour', 'FREQ=HOURLY'],
    ['every 1 day', 'FREQ=DAILY'],
    ['every one week', 'FREQ=WEEKLY;BYDAY=MO'],
    ['every 1.5 hours', 'FREQ=MINUTELY;INTERVAL=90'],
    ['every 0.5 days', 'FREQ=HOURLY;INTERVAL=12'],
    ['every 120 seconds', 'FREQ=MINUTELY;INTERVAL=2'],
    ['every 5000 minutes', 'FREQ=MINUTELY;INTERVAL=5000'],
    ['every 1e3 minutes', 'FREQ=MINUTELY;INTERVAL=1000'],
    ['every 1,440 minutes', 'FREQ=MINUTELY;INTERVAL=1440'],
  ])('%s does, at that interval', (text, rrule) => {
    const understood = read(text);
    expect(understood).toMatchObject({ understood: true });
    if (understood.understood) expect(understood.rrule?.replace(/BYDAY=\w\w/, 'BYDAY=MO')).toBe(rrule);
  });

  it.each([
    'every 0 days',
    'every -3 days',
    'every 30 seconds',
    'every half minute',
    'every 1.3 minutes',
    'every 2.5 months',
    'every minus 2 hours',
    'every 0 mondays',
  ])('%s is no interval', (text) => {
    expect(read(text)).toMatchObject({ understood: false, reason: 'no-such-interval' });
    expect(understand(`remind me to stretch ${text}`, said)).toMatchObject({ reason: 'no-such-interval' });
  });

  it.each(['every 37000 days', 'every 1e9 weeks', 'every 101 years', `every ${'9'.repeat(400)} hours`])(
    '%s is beyond a hundred years',
    (text) => {
      expect(read(text)).toMatchObject({ understood: false, reason: 'too-far-ahead' });
    },
  );
});

describe('a number', () => {
  it.each([
    ['in 0 minutes', 0],
    ['in 1e3 minutes', minutes(1000)],
    ['in 1,000 minutes', minutes(1000)],
    ['in 1,000,000 seconds', 1_000_000_000],
    ['in 0.5 minutes', 30_000],
    ['in 2.5 hours', hours(2.5)],
    ['in 36525 days', days(36_525)],
  ])('is read whole: %s', (text, after) => {
    const understood = understand(`remind me to stretch ${text}`, { ...said, zone: 'UTC' });
    expect(understood).toMatchObject({ understood: true, what: 'stretch', at: said.now + after });
  });

  it.each([
    'in -5 minutes',
    'in \u22125 minutes',
    'in minus 5 minutes',
    'in -0.5 hours',
    'after -1 day',
    '5 minutes ago',
  ])('below nothing is over: %s', (text) => {
    expect(understand(`remind me to stretch ${text}`, said)).toMatchObject({ reason: 'in-the-past' });
    expect(understandWhen(text, said)).toMatchObject({ reason: 'in-the-past' });
  });

  it.each([
    'in 1e308 minutes',
    'in 1e99 years',
    'in 36526 days',
    'in 101 years',
    `in ${'9'.repeat(400)} minutes`,
  ])('beyond a hundred years is too far: %s', (text) => {
    expect(understand(`remind me to stretch ${text}`, said)).toMatchObject({ reason: 'too-far-ahead' });
  });

  it.each([
    '-5 minutes',
    'in 1/0 hours',
    'in 1.000.000 minutes',
    'in 2^10 minutes',
    'in - 5 minutes',
    'in \u2212 5 minutes',
    'in ~5 minutes',
    'in 5\u221210 minutes',
    'in 5~10 minutes',
    'in 0x10 minutes',
    'at -1:00',
    'every - 5 minutes',
    'in 1e minutes',
    'every 5 5 minutes x',
  ])('of which only the end could be read is not read: %s', (text) => {
    expect(understand(`remind me to stretch ${text}`, said).understood).toBe(false);
  });
});

describe('whatever is made of the words of the grammar', () => {
  const words = fc.constantFrom(
    ...'every each other in at on the of and until for starting except times 0 1 2 3 29 30 31 -5 1.5 1e308 1,000 99999999999 1/2 half second minutes hours days weeks months quarters years mondays monday feb february april 30th 31st last first noon midnight 9am 17:30 2/30 2027 tomorrow weekday weekends once twice daily monthly yearly'.split(
      ' ',
    ),
  );

  it('is read or refused, and what is read can be followed', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 9 }), (list) => {
        const text = list.join(' ');
        read(text);
        read(`every ${text}`);
        understand(`remind me to x ${text}`, said);
        understandDuration(text);
      }),
      { numRuns: 1500 },
    );
  });
});
