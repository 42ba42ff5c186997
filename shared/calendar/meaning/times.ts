import { hours, type Instant, minutes, seconds } from '../../domain/time.ts';
import type { Language } from '../language/language.ts';
import { type Day, dayMs, fromWall, toWall } from '../local-time.ts';
import type { Clock } from '../phrase/clock-parts.ts';
import type { DayPart } from '../phrase/day-parts.ts';

/** What was not said, and was taken to be so; to be told to the person. */
export type Assumption =
  /** No time of day was said. */
  | 'time-of-day'
  /** `at 5`: which half of the day. */
  | 'half-of-day'
  /** One of several days that a phrase may mean. */
  | 'day';

/** The moment in which something is said, and where. */
export interface Said {
  readonly now: Instant;
  readonly zone: string;
  /** BCP 47, as the person reads; absent where it is not known. */
  readonly locale?: string;
  /** Those in which it may be said, where they are not all. */
  readonly languages?: readonly Language[];
}

/** A time of day in milliseconds after midnight; beyond a day for `tonight at 1`. */
export interface TimeOfDay {
  readonly time: number;
  readonly assumed: readonly Assumption[];
}

/** When somebody is told what they want to be told on a day, without a time. */
export const USUAL_TIME = hours(9);
/** `at 5` may be any time within these, unless it is near. */
const DAY_BEGINS = hours(6);
const DAY_ENDS = hours(23);
/** So near, a time is meant that is not within the day. */
const NEAR = hours(3);

/** The time of day that a clock shows on a day that is not today: seven to eleven in the morning, twelve to six after noon. */
export function timeOn(clock: Clock, part?: DayPart): TimeOfDay {
  const { hour, minute, second, isOpen } = clock;
  const rest = minutes(minute) + seconds(second);
  if (!isOpen)
    return { time: hours(part !== undefined && hour < 5 ? hourIn(part, hour) : hour) + rest, assumed: [] };
  if (part !== undefined) return { time: hours(hourIn(part, hour)) + rest, assumed: [] };
  if (clock.on24 !== undefined) return { time: hours(hour) + rest, assumed: [] };
  const time = hours(hour >= 7 ? hour : hour + 12) + rest;
  return { time, assumed: halfAssumed(time) };
}

/** Which half of the day, where people are awake at both: nobody means 3 in the morning, or 11 at night, by `at 3`. */
function halfAssumed(time: number): readonly Assumption[] {
  const isByDay = (each: number): boolean => each >= DAY_BEGINS && each < DAY_ENDS;
  const isSure = isByDay(time) && !isByDay((time + hours(12)) % dayMs);
  return isSure ? [] : ['half-of-day'];
}

/** The hour that is meant by 8 in the evening, 2 at night, 12 tonight. */
function hourIn(part: DayPart, hour: number): number {
  const half = hour % 12;
  switch (part.name) {
    case 'morning':
      return half;
    case 'lunch':
      return half < 10 ? half + 12 : half;
    case 'night':
    case 'tonight':
      // Past midnight is still the same night.
      return half < 5 ? half + 24 : half + 12;
    case 'evening':
      return half === 0 ? 24 : half + 12;
    default:
      return half + 12;
  }
}

/** The next time that a clock shows that, when no day is said. */
export function nextTime(clock: Clock, said: Said, part?: DayPart): { readonly wall: number } & TimeOfDay {
  const wall = toWall(said.now, said.zone);
  const today = Math.floor(wall / dayMs);
  const rest = minutes(clock.minute) + seconds(clock.second);
  const isLiteral = clock.on24 === 'written' || (clock.on24 === 'said' && clock.hour >= 6);
  if (!clock.isOpen || part !== undefined || isLiteral) {
    const { time, assumed } = timeOn(clock, part);
    const day = [today - 1, today, today + 1].find((each) => isAhead(each * dayMs + time, said)) ?? today + 1;
    return { wall: day * dayMs + time, time, assumed };
  }
  const half = hours(clock.hour % 12) + rest;
  const walls = [0, hours(12), dayMs, dayMs + hours(12)].map((shift) => today * dayMs + half + shift);
  const ahead = walls.filter((each) => isAhead(each, said));
  const isNear = (each: number): boolean => each - wall <= NEAR;
  const isByDay = (each: number): boolean => {
    const time = each % dayMs;
    return time >= DAY_BEGINS && time < DAY_ENDS;
  };
  const chosen = ahead.find((each) => isNear(each) || isByDay(each)) ?? ahead[0] ?? walls[3] ?? wall;
  const isOpen = clock.on24 === undefined;
  return { wall: chosen, time: chosen % dayMs, assumed: isOpen ? halfAssumed(chosen % dayMs) : [] };
}

/** On this very day, the half of the day that is still to come. */
export function timeToday(clock: Clock, day: Day, said: Said): TimeOfDay {
  const usual = timeOn(clock);
  if (!clock.isOpen || isAhead(day * dayMs + usual.time, said)) return usual;
  const other = (usual.time + hours(12)) % dayMs;
  return isAhead(day * dayMs + other, said) ? { time: other, assumed: [] } : usual;
}

/** A time for a day without one: in the morning, or what is left of today. */
export function usualTime(day: Day, said: Said): TimeOfDay {
  const usual = [9, 12, 15, 18, 21].map(hours);
  const soonest = said.now + minutes(30);
  const time = usual.find((each) => fromWall(day * dayMs + each, said.zone) >= soonest);
  if (time !== undefined) return { time, assumed: ['time-of-day'] };
  return { time: roundedUp(said.now + minutes(15), said) - day * dayMs, assumed: ['time-of-day'] };
}

/** A time for a part of a day: its usual one, or soon when that is over and the part is not. `undefined` when it is. */
export function timeInPart(part: DayPart, day: Day, said: Said): TimeOfDay | undefined {
  const usual = minutes(part.usual);
  if (isAhead(day * dayMs + usual, said)) return { time: usual, assumed: ['time-of-day'] };
  const soon = roundedUp(said.now + minutes(15), said) - day * dayMs;
  return soon < minutes(part.to) ? { time: soon, assumed: ['time-of-day'] } : undefined;
}

export function isAhead(wall: number, { now, zone }: Said): boolean {
  return fromWall(wall, zone) > now;
}

/** To the next half hour of the clock. */
function roundedUp(at: Instant, { zone }: Said): number {
  return Math.ceil(toWall(at, zone) / minutes(30)) * minutes(30);
}
