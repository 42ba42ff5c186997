import { describe, expect, it } from 'vitest';
import { days, hours, type Instant, minutes, seconds } from '../../../../shared/domain/time.ts';
import { type Crowding, crowding } from '../../../../shared/kinds/reminders/model/crowding.ts';
import type { Reminder, Schedule } from '../../../../shared/kinds/reminders/model/reminder.ts';
import { occurrences } from '../../../../shared/kinds/reminders/reminder-occurrences.ts';
import { aReminder } from '../../../support/builders.ts';

/** Monday 2026-11-23, 9:00 in UTC. */
const NINE = Date.UTC(2026, 10, 23, 9);

const once = (at: Instant): Schedule => ({ at, zone: 'UTC' });
const repeated = (rule: string, at: Instant, zone = 'UTC'): Schedule => ({
  at,
  zone,
  recurrence: { rule, start: new Date(at + (zone === 'UTC' ? 0 : hours(1))).toISOString().slice(0, 19) },
});
const so = (count: number, schedule: Schedule): readonly Reminder[] =>
  Array.from({ length: count }, () => aReminder({ schedule }));
const judged = (wanted: Schedule, others: readonly Reminder[] = [], isPlace = false) =>
  crowding(wanted, others, { isPlace, occurrences });
const at = (instant: Instant): Crowding => ({ kind: 'too-many-at-once', most: 10, at: instant });

describe('one minute holds ten reminders', () => {
  it.each<readonly [string, Schedule, Schedule]>([
    ['that come once', once(NINE), once(NINE + seconds(59))],
    ['that come every day', repeated('FREQ=DAILY', NINE), repeated('FREQ=DAILY', NINE)],
    ['one that comes once among those of every day', once(NINE + days(3)), repeated('FREQ=DAILY', NINE)],
    ['one of every day among those that come once', repeated('FREQ=DAILY', NINE), once(NINE + days(3))],
    ['every minute, all of them', repeated('FREQ=MINUTELY', NINE), repeated('FREQ=MINUTELY', NINE - days(9))],
    [
      'every 2 minutes and every hour',
      repeated('FREQ=HOURLY', NINE),
      repeated('FREQ=MINUTELY;INTERVAL=2', NINE),
    ],
    [
      'by clocks of different zones',
      repeated('FREQ=DAILY', NINE, 'Europe/Berlin'),
      repeated('FREQ=WEEKLY;BYDAY=MO', NINE),
    ],
    [
      'at several times of the day',
      repeated('FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0', NINE),
      once(NINE + days(2) + hours(8)),
    ],
    [
      'of every month and every monday',
      repeated('FREQ=MONTHLY;BYMONTHDAY=30', NINE + days(7)),
      repeated('FREQ=WEEKLY;BYDAY=MO', NINE),
    ],
    ['every hour on weekdays', once(NINE + hours(5)), repeated('FREQ=HOURLY;BYDAY=MO,TU,WE,TH,FR', NINE)],
  ])('%s: the tenth is set, the eleventh is not', (_name, wanted, other) => {
    expect(judged(wanted, so(9, other))).toBeUndefined();
    expect(judged(wanted, so(10, other))).toMatchObject({ kind: 'too-many-at-once', most: 10 });
  });

  it('names the minute', () => {
    expect(judged(repeated('FREQ=DAILY', NINE), so(10, once(NINE + days(2) + seconds(5))))).toEqual(
      at(NINE + days(2)),
    );
  });

  it('and the next minute holds ten more', () => {
    expect(judged(once(NINE + minutes(1)), so(10, once(NINE)))).toBeUndefined();
    expect(
      judged(
        repeated('FREQ=MINUTELY;INTERVAL=2', NINE + minutes(1)),
        so(10, repeated('FREQ=MINUTELY;INTERVAL=2', NINE)),
      ),
    ).toBeUndefined();
  });

  it('looks 32 days ahead of the first time, and no further', () => {
    const daily = repeated('FREQ=DAILY', NINE);
    expect(judged(daily, so(10, once(NINE + days(32))))).toEqual(at(NINE + days(32)));
    expect(judged(daily, so(10, once(NINE + days(33))))).toBeUndefined();
  });

  it('counts an occurrence that was put off, and nothing that is over', () => {
    const snoozed = aReminder({
      schedule: once(NINE - days(1)),
      snooze: { occurrence: NINE - days(1), at: NINE },
    });
    expect(judged(once(NINE), [...so(9, once(NINE)), snoozed])).toEqual(at(NINE));
    const over = so(9, once(NINE)).map((reminder): Reminder => ({ ...reminder, state: 'done' }));
    expect(judged(once(NINE), [...over, snoozed])).toBeUndefined();
  });

  it('follows none of two hundred that can never come in the same minute', () => {
    const asked: string[] = [];
    const watched: typeof occurrences = (schedule, after, most) => {
      asked.push(schedule.recurrence.rule);
      return occurrences(schedule, after, most);
    };
    const others = so(200, repeated('FREQ=DAILY', NINE + minutes(7)));
    expect(
      crowding(repeated('FREQ=WEEKLY;BYDAY=MO', NINE), others, { isPlace: false, occurrences: watched }),
    ).toBeUndefined();
    expect(asked).toEqual(['FREQ=WEEKLY;BYDAY=MO']);
  });
});

describe('in a place, a reminder that repeats', () => {
  const tooOften: Crowding = { kind: 'too-often', least: 300_000 };

  it.each([
    ['every minute', 'FREQ=MINUTELY'],
    ['every 4 minutes', 'FREQ=MINUTELY;INTERVAL=4'],
    ['every 4 minutes, ten times', 'FREQ=MINUTELY;INTERVAL=4;COUNT=10'],
    ['every 4 minutes on mondays', 'FREQ=MINUTELY;INTERVAL=4;BYDAY=MO'],
    ['at 9:00 and 9:03 every day', 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0,3'],
    ['at 9:00 and 9:03 on one day of each month', 'FREQ=MONTHLY;BYMONTHDAY=23;BYHOUR=9;BYMINUTE=0,3'],
  ])('%s is refused, and set alone', (_name, rule) => {
    expect(judged(repeated(rule, NINE), [], true)).toEqual(tooOften);
    expect(judged(repeated(rule, NINE), [], false)).toBeUndefined();
  });

  it('of which today only the last time is left is refused for the days to come', () => {
    expect(judged(repeated('FREQ=DAILY;BYHOUR=9;BYMINUTE=0,3', NINE + minutes(3)), [], true)).toEqual(
      tooOften,
    );
  });

  it.each([
    ['every 5 minutes', 'FREQ=MINUTELY;INTERVAL=5'],
    ['every hour', 'FREQ=HOURLY'],
    ['every day at 9:00 and 9:05', 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0,5'],
    ['every day', 'FREQ=DAILY'],
  ])('%s is set', (_name, rule) => {
    expect(judged(repeated(rule, NINE), [], true)).toBeUndefined();
  });

  it('once, at any time, is set', () => {
    expect(judged(once(NINE + seconds(1)), so(5, once(NINE)), true)).toBeUndefined();
  });
});
