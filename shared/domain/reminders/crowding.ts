import { type Duration, days, hours, type Instant, minutes } from '../time.ts';
import { type Occurrences, type Recurrence, type Reminder, repeats, type Schedule } from './reminder.ts';

/** In a place, where everybody hears what one asked for, a reminder that repeats comes so seldom at least. */
export const LEAST_INTERVAL_IN_PLACE: Duration = minutes(5);

/** Reminders that one person, or one place, gets in a minute of the clock at most. */
export const MOST_A_MINUTE = 10;

/** So far behind its first occurrence a reminder is compared with the others. */
const HORIZON: Duration = days(32);
/** So many occurrences of one reminder are looked at. */
const MOST_LOOKED_AT = 2000;

/** Why a reminder is not set. */
export type Crowding =
  | { readonly kind: 'too-often'; readonly least: Duration }
  /** Others come in the same minute. */
  | { readonly kind: 'too-many-at-once'; readonly most: number; readonly at: Instant };

/**
 * Whether a schedule would be too much for those who hear it, beside the open reminders that are there already;
 * `undefined` when it would not.
 *
 * It is counted by minutes of the clock, over the 32 days from the schedule's first occurrence on. Only reminders that can
 * meet it there are followed: offsets from UTC are whole quarters of an hour, so those whose minute within a quarter is
 * another never do. Reminders that were set before there was a limit stay, and count.
 */
export function crowding(
  wanted: Schedule,
  others: readonly Reminder[],
  { isPlace, occurrences }: { readonly isPlace: boolean; readonly occurrences: Occurrences },
): Crowding | undefined {
  const times = timesOf(wanted, occurrences);
  if (isPlace && times.some((at, index) => at - (times[index - 1] ?? -Infinity) < LEAST_INTERVAL_IN_PLACE))
    return { kind: 'too-often', least: LEAST_INTERVAL_IN_PLACE };
  const counts = new Map(times.filter((at) => at <= wanted.at + HORIZON).map((at) => [minuteOf(at), 1]));
  const quarters = new Set([...counts.keys()].map(inQuarter));
  const near = others.flatMap(schedulesOf).filter((schedule) => mayMeet(schedule, quarters));
  if (near.length < MOST_A_MINUTE) return undefined;
  for (const schedule of near) {
    for (const minute of minutesIn(schedule, counts, occurrences))
      counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  for (const [minute, count] of counts) {
    if (count > MOST_A_MINUTE) return { kind: 'too-many-at-once', most: MOST_A_MINUTE, at: minutes(minute) };
  }
  return undefined;
}

/** What an open reminder is still told by: its schedule, and the occurrence that was put off. */
function schedulesOf({ state, schedule, snooze }: Reminder): readonly Schedule[] {
  if (state !== 'open') return [];
  return snooze === undefined ? [schedule] : [schedule, { at: snooze.at, zone: schedule.zone }];
}

function minuteOf(at: Instant): number {
  return Math.floor(at / minutes(1));
}

function inQuarter(minute: number): number {
  return minute % 15;
}

function mayMeet(schedule: Schedule, quarters: ReadonlySet<number>): boolean {
  const isAtOthers = /FREQ=MINUTELY|BYMINUTE=/.test(schedule.recurrence?.rule ?? '');
  return isAtOthers || quarters.has(inQuarter(minuteOf(schedule.at)));
}

/** The first occurrences: enough for each time of the day to come on each day of a month. */
function timesOf(schedule: Schedule, occurrences: Occurrences): readonly Instant[] {
  if (!repeats(schedule)) return [schedule.at];
  const step = stepOf(schedule.recurrence);
  return step === undefined
    ? [schedule.at, ...occurrences(schedule, schedule.at, mostIn(HORIZON, schedule.recurrence))]
    : Array.from({ length: Math.floor(HORIZON / step) + 2 }, (_, index) => schedule.at + index * step);
}

/** Those of the counted minutes, which are in order, in which a schedule falls due. */
function minutesIn(
  schedule: Schedule,
  counts: ReadonlyMap<number, number>,
  occurrences: Occurrences,
): readonly number[] {
  const all = [...counts.keys()];
  if (!repeats(schedule)) return all.filter((minute) => minute === minuteOf(schedule.at));
  const step = stepOf(schedule.recurrence);
  if (step !== undefined) return all.filter((minute) => fallsIn(minute, schedule.at, step));
  const from = minutes(all[0] ?? 0);
  const to = minutes((all.at(-1) ?? 0) + 1);
  const found = [
    schedule.at,
    ...occurrences(schedule, Math.max(from - 1, schedule.at), mostIn(to - from, schedule.recurrence)),
  ];
  return [...new Set(found.map(minuteOf))].filter((minute) => counts.has(minute));
}

/** Whether one of the instants `start`, `start + step`, ... lies in a minute. A step is a minute at least. */
function fallsIn(minute: number, start: Instant, step: Duration): boolean {
  const next = start + Math.max(0, Math.ceil((minutes(minute) - start) / step)) * step;
  return minuteOf(next) === minute;
}

/** The time between two occurrences of what comes every so many minutes or hours, on every day. */
function stepOf({ rule }: Recurrence): Duration | undefined {
  const plain = /^FREQ=(MINUTELY|HOURLY)(?:;INTERVAL=(\d+))?(?:;(?:COUNT|UNTIL)=\w+)?$/.exec(rule);
  if (plain === null) return undefined;
  const [, unit, interval = '1'] = plain;
  return (unit === 'HOURLY' ? hours(1) : minutes(1)) * Number(interval);
}

/** How many occurrences a rule has in a span at most, as far as they are looked at. */
function mostIn(span: Duration, { rule }: Recurrence): number {
  const everyDay = /FREQ=MINUTELY/.test(rule) ? MOST_LOOKED_AT : /FREQ=HOURLY/.test(rule) ? 24 : 1;
  const aDay = everyDay * countOf(rule, 'BYHOUR') * countOf(rule, 'BYMINUTE');
  return Math.min(MOST_LOOKED_AT, aDay * (Math.ceil(span / days(1)) + 1));
}

/** How many values a part of a rule has; 1 where it has none. */
function countOf(rule: string, part: string): number {
  const values = rule.split(';').find((one) => one.startsWith(`${part}=`));
  return values?.split(',').length ?? 1;
}
