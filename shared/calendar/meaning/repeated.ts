import { minutes } from '../../domain/time.ts';
import { dayMs, dayOfWall, fromWall, hasDay, toWall, type Wall, wallIso } from '../local-time.ts';
import type { When } from '../phrase/piece.ts';
import type { Frequency, Repeat } from '../phrase/repeat.ts';
import { compact, nextOccurrence } from '../recurrence.ts';
import { resolveOnce, shifted } from './once.ts';
import { LONGEST_AHEAD, type NoDate, type Resolved, refused } from './resolved.ts';
import { dayParts, type Parts, ruleOf, timeParts } from './rule-parts.ts';
import { type Assumption, nextTime, type Said, timeOn, USUAL_TIME } from './times.ts';

/** When something is due that repeats, and its iCalendar rule. */
export function resolveRepeated(when: When & { readonly repeat: Repeat }, asked: Said): Resolved {
  const said = { now: asked.now, zone: when.zone ?? asked.zone };
  const never = neverOf(when.repeat);
  if (never !== undefined) return refused('no-such-date', never);
  const inSteps = inWholeSteps(when.repeat);
  if (inSteps === undefined) return refused('no-such-interval');
  if (inSteps.interval * DAYS[inSteps.freq] * dayMs > LONGEST_AHEAD) return refused('too-far-ahead');
  if (when.count === 0) return refused('ends-before-it-begins');
  const repeat = exceptDays(inSteps, when.except);
  if (repeat === undefined) return refused('which-times');
  if (
    repeat.timesPerPeriod !== undefined &&
    repeat.timesPerPeriod !== (when.clocks?.length ?? repeat.byDay?.length ?? 0)
  )
    return refused('which-times');
  const isPassing = repeat.freq === 'HOURLY' || repeat.freq === 'MINUTELY';
  return isPassing && when.within === undefined
    ? everySoOften(when, repeat, said)
    : onDays(when, repeat, said);
}

/** So long a time of day that is over may lie ahead to be the end of what repeats within hours. */
const LONGEST_NIGHT = dayMs / 2;

/** How many days each at least takes. */
const DAYS: { readonly [freq in Frequency]: number } = {
  MINUTELY: 1 / 1440,
  HOURLY: 1 / 24,
  DAILY: 1,
  WEEKLY: 7,
  MONTHLY: 28,
  YEARLY: 365,
};

/** What so many of each make one of: `every 1.5 hours` is every 90 minutes. */
const FINER: { readonly [freq in Frequency]?: readonly [freq: Frequency, count: number] } = {
  HOURLY: ['MINUTELY', 60],
  DAILY: ['HOURLY', 24],
  WEEKLY: ['DAILY', 7],
  YEARLY: ['MONTHLY', 12],
};

/** The same with a whole number between one and the next; `undefined` where there is none, or none from 1 on. */
function inWholeSteps(repeat: Repeat): Repeat | undefined {
  const whole = Math.round(repeat.interval);
  // Parts of an hour in decimals come near a whole number of minutes only.
  if (Math.abs(repeat.interval - whole) < 1e-6)
    return whole >= 1 ? { ...repeat, interval: whole } : undefined;
  const finer = FINER[repeat.freq];
  if (finer === undefined || repeat.interval < 0 || namesDays(repeat)) return undefined;
  const [freq, count] = finer;
  return inWholeSteps({ ...repeat, freq, interval: repeat.interval * count });
}

/** The first date of it that no year has. */
function neverOf({ byMonth = [], byMonthDay = [] }: Repeat): NoDate | undefined {
  const dates = byMonth.flatMap((month) => byMonthDay.map((day) => ({ month, day })));
  return dates.find(({ month, day }) => !hasDay(month, day));
}

/** Every n hours or minutes: from now on, or from when it is to start. */
function everySoOften(when: When, repeat: Repeat, said: Said): Resolved {
  const step = minutes(repeat.interval * (repeat.freq === 'HOURLY' ? 60 : 1));
  const [clock] = when.clocks ?? [];
  const start = when.start === undefined ? undefined : resolveOnce(when.start, said);
  if (start?.ok === false) return start;
  let at =
    start?.at ?? (clock === undefined ? said.now + step : fromWall(nextTime(clock, said).wall, said.zone));
  const parts: Parts = [
    ['FREQ', repeat.freq],
    ['INTERVAL', repeat.interval === 1 ? undefined : repeat.interval],
    ['BYDAY', repeat.byDay?.join(',')],
    ['COUNT', when.count],
  ];
  if (repeat.byDay !== undefined) {
    const dtstart = wallIso(toWall(at, said.zone));
    const first = nextOccurrence({ rrule: ruleOf(parts), dtstart, zone: said.zone }, at - 1);
    if (first === undefined) return refused('no-such-date');
    at = first;
  }
  return ended(when, parts, toWall(at, said.zone), said, []);
}

/** On days of the calendar, at times of the day. */
function onDays(when: When, repeat: Repeat, said: Said): Resolved {
  const times = timesOf(when, repeat);
  const start = startOf(when, said);
  if ('reason' in start) return refused(start.reason);
  const onTimes = timeParts(times.minutes, repeat);
  if (onTimes === undefined) return refused('which-times');
  const from = start.wall;
  const day = dayOfWall(from);
  const rules: Parts = [...dayParts(repeat, day), ...onTimes];
  const search: Parts = repeat.inQuarters === true ? [...rules, ['BYMONTH', '1,4,7,10']] : rules;
  const [firstTime = USUAL_TIME] = times.minutes.map(minutes);
  // The rule is followed day by day first: an interval counts from its first occurrence, wherever that lies.
  const dtstart = wallIso(day * dayMs + firstTime);
  const anyTime = { rrule: ruleOf(search), dtstart, zone: said.zone };
  const nearest = nextOccurrence(anyTime, Math.max(said.now, start.at - 1));
  if (nearest === undefined) return refused('no-such-date');
  // `every 3 months`, with no word about a day: the first is three months from today, unless today is still to come.
  const isFromToday =
    when.start === undefined && isOpen(repeat) && dayOfWall(toWall(nearest, said.zone)) !== day;
  const step = { rrule: ruleOf([...rules, ['INTERVAL', repeat.interval]]), dtstart, zone: said.zone };
  const first = isFromToday ? (nextOccurrence(step, said.now) ?? nearest) : nearest;
  const interval = repeat.freq === 'HOURLY' || repeat.freq === 'MINUTELY' ? 1 : repeat.interval;
  const wall = meant(first, anyTime.dtstart, times.minutes, said.zone);
  const [freq, ...rest] = rules;
  if (freq === undefined) return refused('which-times');
  const parts: Parts = [
    freq,
    ['INTERVAL', interval === 1 ? undefined : interval],
    ...rest,
    ['COUNT', when.count],
  ];
  return ended(when, parts, wall, said, times.assumed);
}

/** Whether no word was said about the day. */
function isOpen(repeat: Repeat): boolean {
  return !namesDays(repeat) && repeat.freq !== 'HOURLY' && repeat.freq !== 'MINUTELY';
}

function namesDays({ byDay, byMonth, byMonthDay }: Repeat): boolean {
  return byDay !== undefined || byMonth !== undefined || byMonthDay !== undefined;
}

/** The local time that was meant by an occurrence: one that the clock skips comes later than that. */
function meant(at: number, dtstart: string, times: readonly number[], zone: string): Wall {
  const wall = toWall(at, zone);
  const day = dayOfWall(wall);
  const candidates = times.map((time) => day * dayMs + minutes(time));
  return (
    candidates.find((each) => fromWall(each, zone) === at) ?? (Number.isNaN(Date.parse(dtstart)) ? at : wall)
  );
}

/** Puts the end on a rule, whose first occurrence is known by now. */
function ended(when: When, parts: Parts, first: Wall, said: Said, assumed: readonly Assumption[]): Resolved {
  const at = fromWall(first, said.zone);
  if (at - said.now > LONGEST_AHEAD) return refused('too-far-ahead');
  const end = endOf(when, first, said);
  if (end !== undefined && 'reason' in end) return refused(end.reason);
  if (end !== undefined && end.at < at) return refused('ends-before-it-begins');
  const until = end === undefined ? undefined : `${compact(end.at)}Z`;
  const rrule = ruleOf([...parts, ['UNTIL', when.count === undefined ? until : undefined]]);
  return { ok: true, at, wall: first, zone: said.zone, rrule, assumed };
}

function endOf(
  { until }: When,
  first: Wall,
  said: Said,
): { readonly at: number } | { readonly reason: 'no-such-date' | 'too-far-ahead' } | undefined {
  if (until === undefined) return undefined;
  const firstDay = dayOfWall(first);
  if (until.span !== undefined) {
    const end = shifted(fromWall(first, said.zone), until.span, 1, said.zone, []);
    // So long counted from the first one, which is the first of so many: the one at the very end is one too many.
    return 'reason' in end ? { reason: 'too-far-ahead' } : { at: end.at - 1000 };
  }
  const day =
    until.day === undefined
      ? firstDay
      : until.day.on(dayOfWall(toWall(said.now, said.zone)), (each) => each < firstDay);
  if (day === undefined) return { reason: 'no-such-date' };
  if (until.clock === undefined) return { at: fromWall((day + 1) * dayMs, said.zone) - 1000 };
  const { time } = timeOn(until.clock);
  const wall = day * dayMs + (until.clock.isMidnight === true ? dayMs : time);
  // `until 2am`, said in the evening, is of the night to come; `until 6pm`, said at seven, is over.
  const isOfNight = wall < first && until.day === undefined && wall + dayMs - first <= LONGEST_NIGHT;
  return { at: fromWall(isOfNight ? wall + dayMs : wall, said.zone) };
}

/** Where the search for the first occurrence begins. */
function startOf(
  when: When,
  said: Said,
): { readonly at: number; readonly wall: Wall } | { readonly reason: 'in-the-past' | 'no-such-date' } {
  const today = dayOfWall(toWall(said.now, said.zone));
  if (when.start === undefined) return { at: said.now, wall: today * dayMs };
  const start = resolveOnce(when.start.clocks === undefined ? { ...when.start } : when.start, said);
  if (!start.ok) return { reason: start.reason === 'in-the-past' ? 'in-the-past' : 'no-such-date' };
  const wall = dayOfWall(start.wall) * dayMs;
  return { at: fromWall(wall, said.zone), wall };
}

/** Minutes after midnight, in order. */
function timesOf(
  when: When,
  repeat: Repeat,
): { readonly minutes: readonly number[]; readonly assumed: readonly Assumption[] } {
  const clocks = when.clocks ?? when.start?.clocks;
  if (when.within !== undefined) return { minutes: timesWithin(when.within, repeat), assumed: [] };
  if (clocks !== undefined) {
    const times = clocks.map((clock) => timeOn(clock, when.part));
    const sorted = [...new Set(times.map(({ time }) => Math.floor((time % dayMs) / 60_000)))].sort(
      (a, b) => a - b,
    );
    // Beside 17:30, 9:00 is in the morning.
    const isSure = clocks.length > 1 && clocks.some(({ isOpen }) => !isOpen);
    const assumed = new Set(isSure ? [] : times.flatMap((time) => time.assumed));
    return { minutes: sorted, assumed: [...assumed] };
  }
  return { minutes: [when.part?.usual ?? USUAL_TIME / 60_000], assumed: ['time-of-day'] };
}

function timesWithin({ from, to }: NonNullable<When['within']>, repeat: Repeat): readonly number[] {
  const first = Math.floor(timeOn(from).time / 60_000);
  const end = Math.floor(timeOn(to).time / 60_000);
  const last = end > first ? end : end + (to.isOpen ? 720 : 1440);
  const step = repeat.interval * (repeat.freq === 'HOURLY' ? 60 : 1);
  const count = Math.min(1440, Math.floor((Math.min(last, 1439) - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

function exceptDays(repeat: Repeat, left: readonly string[] | undefined): Repeat | undefined {
  if (left === undefined) return repeat;
  const byDay = repeat.byDay === undefined ? left : repeat.byDay.filter((code) => left.includes(code));
  if (byDay.length === 0 || repeat.freq === 'MONTHLY' || repeat.freq === 'YEARLY') return undefined;
  return {
    ...repeat,
    freq: repeat.freq === 'DAILY' && repeat.interval === 1 ? 'WEEKLY' : repeat.freq,
    byDay,
  };
}
