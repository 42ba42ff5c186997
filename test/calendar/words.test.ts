import { describe, expect, it } from 'vitest';
import { describeRecurrence } from '../../shared/calendar/describe.ts';
import { parseTimeOfDayRange } from '../../shared/calendar/time-of-day-range.ts';
import { understandDuration, understandWhen } from '../../shared/calendar/understand.ts';
import { formatLocal, relative } from '../../shared/calendar/words.ts';
import { said } from './corpus/said.ts';

describe('a recurrence in words', () => {
  it.each([
    ['every weekday at 8:50am', 'every weekday at 8:50 AM'],
    ['every day at noon', 'every day at 12:00 PM'],
    ['every day at 9:00 and 17:30', 'every day at 9:00 AM and 5:30 PM'],
    ['every other friday at 3pm', 'every other week on Friday at 3:00 PM'],
    ['every mon, wed and fri at 7am', 'every Monday, Wednesday and Friday at 7:00 AM'],
    ['every 3 days', 'every 3 days at 9:00 AM'],
    ['every 2 hours', 'every 2 hours'],
    ['every hour from 9 to 5 on weekdays', 'every hour from 9:00 AM to 5:00 PM on weekdays'],
    ['every 30 minutes between 9am and 5pm', 'every 30 minutes from 9:00 AM to 5:00 PM every day'],
    ['first monday of each month', 'on the first Monday of every month at 9:00 AM'],
    ['every last friday of the month', 'on the last Friday of every month at 9:00 AM'],
    ['on the 31st of every month', 'on the 31st of every month (in months that have one) at 9:00 AM'],
    ['on the last day of every month', 'on the last day of every month at 9:00 AM'],
    ['every january 25', 'every year on January 25 at 9:00 AM'],
    ['yearly on 29 feb', 'every year on February 29 (in leap years) at 9:00 AM'],
    ['every day at noon 5 times', 'every day at 12:00 PM, 5 times'],
    ['every day at noon until 19 June', 'every day at 12:00 PM until Saturday, June 19, 2027'],
    ['every hour until 6pm', 'every hour until Wednesday, November 25, 2026 at 6:00 PM'],
  ])('%s: %s', (text, words) => {
    const read = understandWhen(text, said);
    if (!read.understood || read.rrule === undefined) throw new Error('not understood');
    expect(describeRecurrence({ rrule: read.rrule, dtstart: read.dtstart, zone: read.zone })).toBe(words);
  });
});

describe('a distance in words', () => {
  const minute = 60_000;
  it.each([
    [20 * minute, 'in 20 minutes'],
    [45_000, 'in 45 seconds'],
    [120 * minute, 'in 2 hours'],
    [3 * 1440 * minute, 'in 3 days'],
    [30 * 1440 * minute, 'in 4 weeks'],
    [365 * 1440 * minute, 'in 12 months'],
    [3650 * 1440 * minute, 'in 10 years'],
    [-5 * minute, '5 minutes ago'],
  ])('%d ms: %s', (distance, words) => {
    expect(relative(said.now + distance, said.now)).toBe(words);
  });

  it('in the language of the person, and in English where that is none', () => {
    expect(relative(said.now + 20 * minute, said.now, 'de-DE')).toBe('in 20 Minuten');
    expect(relative(said.now + 20 * minute, said.now, 'not_a_tag!')).toBe('in 20 minutes');
  });
});

it('a moment in words is local', () => {
  expect(formatLocal(said.now, 'Europe/Berlin')).toBe('Wednesday, November 25, 2026 at 10:20 AM');
  expect(formatLocal(said.now, 'Asia/Tokyo')).toBe('Wednesday, November 25, 2026 at 6:20 PM');
  expect(formatLocal(said.now, 'Europe/Berlin', 'de-DE')).toContain('25. November 2026');
});

describe('a length of time', () => {
  it.each([
    ['2h30m', 9_000_000],
    ['for 3 days', 259_200_000],
    ['an hour and a half', 5_400_000],
    ['half an hour', 1_800_000],
    ['90s', 90_000],
    ['1d 4h', 100_800_000],
    ['two weeks', 1_209_600_000],
  ])('%s', (text, duration) => {
    expect(understandDuration(text)).toBe(duration);
  });

  it.each(['', '20', 'a while', '0 minutes', '9999999 years', '3 days of rain'])('is not %j', (text) => {
    expect(understandDuration(text)).toBeUndefined();
  });
});

describe('quiet hours', () => {
  it.each([
    ['22:00-07:00', 1320, 420],
    ['22:00 - 07:00', 1320, 420],
    ['10pm to 7am', 1320, 420],
    ['10 to 7am', 1320, 420],
    ['from 22 until 7', 1320, 420],
    ['noon-1pm', 720, 780],
  ])('%s', (text, from, to) => {
    expect(parseTimeOfDayRange(text)).toEqual({ from, to });
  });

  it.each(['off', '', '22:00', '9-9', '25:00-26:00', '22:00-07:00 please'])('are not %j', (text) => {
    expect(parseTimeOfDayRange(text)).toBeUndefined();
  });
});
