import type { Instant } from '../../domain/time.ts';
import { addMonths, type Day, dayMs, dayOfWall, fromWall, timeOfWall, toWall } from '../local-time.ts';
import type { When } from '../phrase/piece.ts';
import type { Span } from '../phrase/spans.ts';
import { LONGEST_AHEAD, type NoDate, type Reason, type Resolved, refused } from './resolved.ts';
import {
  type Assumption,
  isAhead,
  nextTime,
  type Said,
  type TimeOfDay,
  timeInPart,
  timeOn,
  timeToday,
  usualTime,
} from './times.ts';

/** When something is due that does not repeat. */
export function resolveOnce(when: When, asked: Said): Resolved {
  const said = { now: asked.now, zone: when.zone ?? asked.zone };
  if ((when.clocks?.length ?? 0) > 1) return refused('several-times');
  const found = point(when, said);
  if ('reason' in found) return refused(found.reason, found.never);
  const { at, assumed } = found;
  if (!Number.isFinite(at) || at - asked.now > LONGEST_AHEAD) return refused('too-far-ahead');
  if (at < asked.now) return refused('in-the-past');
  // A time is told in the person's own zone, whichever zone it was said in.
  return { ok: true, at, wall: toWall(at, asked.zone), zone: asked.zone, assumed };
}

type Point =
  | { readonly at: Instant; readonly assumed: readonly Assumption[] }
  | { readonly reason: Reason; readonly never?: NoDate | undefined };

function point(when: When, said: Said): Point {
  if (when.anchor !== undefined) {
    const { span, direction, to } = when.anchor;
    // Days are moved before the time is looked for: a clock may skip it on the one day and not on the other.
    if (span.exact === 0 && to.day !== undefined && Math.abs(span.months) + Math.abs(span.days) < 40_000)
      return onSaidDay(to, said, (day) => addMonths(day, direction * span.months) + direction * span.days);
    const anchor = point(to, said);
    if ('reason' in anchor) return anchor;
    return shifted(anchor.at, span, direction, said.zone, anchor.assumed);
  }
  const { after } = when;
  if (after !== undefined) {
    const moved = shifted(said.now, after, 1, said.zone, []);
    if (!('reason' in moved) && when.day !== undefined) {
      const day = when.day.on(
        dayOfWall(toWall(moved.at, said.zone)),
        (each) => each < dayOfWall(toWall(moved.at, said.zone)),
      );
      return day === undefined ? { reason: 'no-such-date' } : onDay(when, day, said);
    }
    if ('reason' in moved || (when.clocks === undefined && when.part === undefined)) return moved;
    return onDay(when, dayOfWall(toWall(moved.at, said.zone)), said);
  }
  if (when.day !== undefined) return onSaidDay(when, said);
  return onNextDay(when, said);
}

/** Months and days move the date and leave the clock alone; hours and below are time that passes. */
export function shifted(
  from: Instant,
  { months, days, exact }: Span,
  direction: 1 | -1,
  zone: string,
  assumed: readonly Assumption[],
): Point {
  if (Math.abs(months) > 1212 || Math.abs(days) > 36_890 || Math.abs(exact) > LONGEST_AHEAD + 31 * dayMs)
    return { reason: direction * (months + days + exact) < 0 ? 'in-the-past' : 'too-far-ahead' };
  if (months === 0 && days === 0) return { at: from + direction * exact, assumed };
  const wall = toWall(from, zone);
  const day = addMonths(dayOfWall(wall), direction * months) + direction * days;
  return { at: fromWall(day * dayMs + timeOfWall(wall), zone) + direction * exact, assumed };
}

function onSaidDay(when: When, said: Said, move = (day: Day): Day => day): Point {
  const today = dayOfWall(toWall(said.now, said.zone));
  const isOver = (day: Day): boolean => {
    if (day !== today) return day < today;
    const time = timeOfDay(when, day, said);
    if (when.clocks === undefined && when.part === undefined) return true;
    return time === undefined || !isAhead(day * dayMs + time.time, said);
  };
  const day = when.day?.on(today, isOver);
  return day === undefined
    ? { reason: 'no-such-date', never: when.day?.never }
    : onDay(when, move(day), said);
}

function onDay(when: When, day: Day, said: Said): Point {
  const time = timeOfDay(when, day, said);
  if (time === undefined || Math.abs(day) > 4_000_000)
    return { reason: day > 0 && time !== undefined ? 'too-far-ahead' : 'in-the-past' };
  return { at: fromWall(day * dayMs + time.time, said.zone), assumed: time.assumed };
}

/** The time on a given day; `undefined` when that part of the day is over. */
function timeOfDay({ clocks, part, isSameTime }: When, day: Day, said: Said): TimeOfDay | undefined {
  const today = dayOfWall(toWall(said.now, said.zone));
  const [clock] = clocks ?? [];
  if (clock?.isMidnight === true) {
    // The midnight of a night, and of a day that has begun, is the one at its end.
    const isAtEnd = day === today || part?.name === 'night' || part?.name === 'tonight';
    return { time: isAtEnd ? dayMs : 0, assumed: [] };
  }
  if (clock !== undefined)
    return day === today && part === undefined ? timeToday(clock, day, said) : timeOn(clock, part);
  if (part !== undefined) return timeInPart(part, day, said);
  if (isSameTime === true) return { time: timeOfWall(toWall(said.now, said.zone)), assumed: [] };
  return day <= today ? todayOrPast(day, today, said) : usualTime(day, said);
}

function todayOrPast(day: Day, today: Day, said: Said): TimeOfDay | undefined {
  return day < today ? undefined : usualTime(day, said);
}

/** A time or a part of the day without a day: the next one. */
function onNextDay(when: When, said: Said): Point {
  const [clock] = when.clocks ?? [];
  if (clock !== undefined) {
    const { wall, assumed } = nextTime(clock, said, when.part);
    return { at: fromWall(wall, said.zone), assumed };
  }
  const { part } = when;
  if (part === undefined) return { reason: 'no-time' };
  const today = dayOfWall(toWall(said.now, said.zone));
  const usual = (day: Day): number => day * dayMs + part.usual * 60_000;
  return {
    at: fromWall(isAhead(usual(today), said) ? usual(today) : usual(today + 1), said.zone),
    assumed: ['time-of-day'],
  };
}
