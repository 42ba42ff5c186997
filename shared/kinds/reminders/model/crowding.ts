import { type Duration, days, hours, type Instant, minutes, toIso } from '../../../domain/time.ts';
import { type Occurrences, type Recurrence, type Reminder, repeats, type Schedule } from './reminder.ts';

/** In a place, where everybody hears what one asked for, a reminder that repeats comes so seldom at least. */
const LEAST_INTERVAL_IN_PLACE: Duration = minutes(5);

/** Reminders that one person, or one place, gets in a minute of the clock at most. */
export const MOST_A_MINUTE = 10;

/** So far behind its first occurrence a reminder is compared with the others. */
const HORIZON: Duration = days(32);

/** Why a reminder is not set. */
export type Crowding =
  | { readonly kind: 'too-often'; readonly least: Duration }
  /** Others come in the same minute; `at` is when the wanted one would. */
  | { readonly kind: 'too-many-at-once'; readonly most: number; readonly at: Instant };

/**
 * Whether a schedule would be too much for those who hear it, beside the open reminders that are there already;
 * `undefined` when it would not.
 *
 * It is counted by minutes of the clock, over the 32 days from the schedule's first occurrence on. Only reminders that can
 * meet it there are followed: offsets from UTC are whole quarters of an hour, so those whose minute within a quarter is
 * another never do. Reminders that were set before there was a limit stay, and count. What meets others later than that is
 * spread over further minutes when it falls due, see `fireReminders`.
 */
export function crowding(
  wanted: Schedule,
  others: readonly Reminder[],
  { isPlace, occurrences }: { readonly isPlace: boolean; readonly occurrences: Occurrences },
): Crowding | undefined {
  const times = timesOf(wanted, { from: wanted.at, to: wanted.at + HORIZON, occurrences });
  if (isPlace && times.some((at, index) => at - (times[index - 1] ?? -Infinity) < LEAST_INTERVAL_IN_PLACE))
    return { kind: 'too-often', least: LEAST_INTERVAL_IN_PLACE };
  const wantedIn = new Map(times.map((at) => [minuteOf(at), at]));
  const counts = new Map([...wantedIn.keys()].map((minute) => [minute, 1]));
  const quarters = new Set([...counts.keys()].map(inQuarter));
  const near = others.flatMap(schedulesOf).filter((schedule) => mayMeet(schedule, quarters));
  if (near.length < MOST_A_MINUTE) return undefined;
  for (const schedule of near) {
    for (const minute of minutesIn(schedule, counts, occurrences))
      counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  for (const [minute, count] of counts) {
    if (count > MOST_A_MINUTE)
      return { kind: 'too-many-at-once', most: MOST_A_MINUTE, at: wantedIn.get(minute) ?? minutes(minute) };
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

interface Span {
  readonly from: Instant;
  readonly to: Instant;
  readonly occurrences: Occurrences;
}

/** The instants within a span, its ends included, at which a schedule falls due, in order. */
function timesOf(schedule: Schedule, { from, to, occurrences }: Span): readonly Instant[] {
  const start = Math.max(from, schedule.at);
  const within = (times: readonly Instant[]) => times.filter((at) => at >= start && at <= to);
  if (!repeats(schedule)) return within([schedule.at]);
  const step = stepOf(schedule.recurrence);
  if (step !== undefined) return steps(schedule.at, step, start, to);
  const { rule, first, ofADay } = byTheDay(schedule.recurrence);
  // The first time of a day may be a day before `start`, whose own is a later one of it.
  const dayBefore = start - days(1);
  const recurrence = { rule, start: first };
  const most = Math.ceil((to - dayBefore) / days(1)) + 1;
  const each = occurrences({ ...schedule, recurrence }, dayBefore - 1, most);
  return within(each.flatMap((day) => ofADay(day, schedule.at)));
}

/** Those of the counted minutes, which are in order, in which a schedule falls due. */
function minutesIn(
  schedule: Schedule,
  counts: ReadonlyMap<number, number>,
  occurrences: Occurrences,
): readonly number[] {
  const all = [...counts.keys()];
  const span = { from: minutes(all[0] ?? 0), to: minutes((all.at(-1) ?? 0) + 1) - 1, occurrences };
  return [...new Set(timesOf(schedule, span).map(minuteOf))].filter((minute) => counts.has(minute));
}

/** The instants `start`, `start + step`, ... from one to another. */
function steps(start: Instant, step: Duration, from: Instant, to: Instant): readonly Instant[] {
  const first = start + Math.max(0, Math.ceil((from - start) / step)) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step);
}

/** The time between two occurrences of what comes every so many minutes or hours, on every day. */
function stepOf({ rule }: Recurrence): Duration | undefined {
  return /;BY[A-Z]+=/.test(rule) ? undefined : passingStep(rule);
}

function passingStep(rule: string): Duration | undefined {
  const [, unit] = /^FREQ=(MINUTELY|HOURLY)(?:;|$)/.exec(rule) ?? [];
  if (unit === undefined) return undefined;
  return (unit === 'HOURLY' ? hours(1) : minutes(1)) * (valuesOf(rule, 'INTERVAL')[0] ?? 1);
}

/**
 * A rule as the days on which it falls due and its times of such a day: the days are few, and the times are counted. On a
 * day on which the clock changes they may be an hour off, and the last day of one that ends may have some too many.
 */
function byTheDay({ rule, start }: Recurrence): {
  readonly rule: string;
  /** What the clock shows at the first time of the first day. */
  readonly first: string;
  /** @param day its first time */
  readonly ofADay: (day: Instant, since: Instant) => readonly Instant[];
} {
  const step = passingStep(rule);
  if (step !== undefined) {
    return {
      rule: without(rule, ['INTERVAL', 'COUNT']).replace(/^FREQ=[A-Z]+/, 'FREQ=DAILY'),
      first: `${start.slice(0, 10)}T00:00:00`,
      ofADay: (day, since) => steps(since, step, day, day + days(1) - 1),
    };
  }
  const picked = valuesOf(rule, 'BYSETPOS');
  const isOfDay = picked.length === 0 || /^FREQ=DAILY(?:;|$)/.test(rule);
  const all = valuesOf(rule, 'BYHOUR').flatMap((hour) =>
    valuesOf(rule, 'BYMINUTE').map((minute) => hours(hour) + minutes(minute)),
  );
  const times = all.filter((_time, index) => picked.length === 0 || picked.includes(index + 1));
  const [earliest] = times;
  if (!isOfDay || earliest === undefined) return { rule, first: start, ofADay: (day) => [day] };
  const [count] = valuesOf(rule, 'COUNT');
  return {
    rule: [
      without(rule, ['BYHOUR', 'BYMINUTE', 'BYSETPOS', 'COUNT']),
      ...(count === undefined ? [] : [`COUNT=${Math.ceil(count / times.length) + 1}`]),
    ].join(';'),
    first: `${start.slice(0, 10)}T${clockOf(earliest)}`,
    ofADay: (day) => times.map((time) => day + time - earliest),
  };
}

/** `09:30:00` */
function clockOf(sinceMidnight: Duration): string {
  return toIso(sinceMidnight).slice(11, 19);
}

/** The numbers of a part of a rule; none where it has none. */
function valuesOf(rule: string, part: string): readonly number[] {
  const found = rule.split(';').find((one) => one.startsWith(`${part}=`));
  return found === undefined
    ? []
    : found
        .slice(part.length + 1)
        .split(',')
        .map(Number);
}

function without(rule: string, parts: readonly string[]): string {
  return rule
    .split(';')
    .filter((one) => !parts.includes(one.split('=', 1)[0] ?? ''))
    .join(';');
}
