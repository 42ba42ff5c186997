import { type Day, weekdayOf } from '../local-time.ts';
import { readDateDay, readHolidayDay } from './days-by-date.ts';
import { readOrdinal } from './numbers.ts';
import { firstOf, type Reader, skip, skipAny, textAt } from './read.ts';
import type { SaidDay } from './said-day.ts';
import { weekdayNamed } from './words.ts';

/** What other days are counted from. */
const readFixedDay: Reader<SaidDay> = (tokens, at) =>
  firstOf(readDateDay, readHolidayDay)(tokens, skipAny(tokens, at, ['the']));

/** `third tuesday after christmas`, `the last friday before december 10`, `the monday after easter`. */
const readWeekdayAround: Reader<SaidDay> = (tokens, at) => {
  const last = skip(tokens, at, 'last');
  const ordinal = last === undefined ? readOrdinal(tokens, at) : { value: 1, next: last };
  const start = ordinal?.next ?? at;
  const count = ordinal?.value ?? 1;
  const weekday = weekdayNamed(textAt(tokens, start));
  const direction = directions.get(textAt(tokens, start + 1));
  if (weekday === undefined || direction === undefined || count > 53) return undefined;
  if (last !== undefined && direction > 0) return undefined;
  const from = readFixedDay(tokens, start + 2);
  if (from === undefined) return undefined;
  const { value: fixed, next } = from;
  return {
    value: moved(fixed, (day) => day + direction * (7 * (count - 1) + gap(day, weekday, direction))),
    next,
  };
};

const directions: ReadonlyMap<string, 1 | -1> = new Map([
  ['after', 1],
  ['following', 1],
  ['before', -1],
]);

/** So many days it is from a day to the next such weekday, or back to the last, itself excluded. */
function gap(day: Day, weekday: number, direction: 1 | -1): number {
  const ahead = (direction * (weekday - weekdayOf(day)) + 7) % 7;
  return ahead === 0 ? 7 : ahead;
}

/** `the closest monday to oct 5th`, `the second nearest friday to christmas`. */
const readClosest: Reader<SaidDay> = (tokens, at) => {
  const ordinal = readOrdinal(tokens, at);
  const start = ordinal?.next ?? at;
  const count = ordinal?.value ?? 1;
  const closest = skip(tokens, start, 'closest') ?? skip(tokens, start, 'nearest');
  const weekday = closest === undefined ? undefined : weekdayNamed(textAt(tokens, closest));
  if (closest === undefined || weekday === undefined || count > 53) return undefined;
  const to = skipAny(tokens, closest + 1, ['to', 'before', 'after']);
  const from = to === closest + 1 ? undefined : readFixedDay(tokens, to);
  if (from === undefined) return undefined;
  const near = (day: Day): Day => {
    const weeks = Array.from({ length: count + 1 }, (_, index) => 7 * index);
    const ahead = (weekday - weekdayOf(day) + 7) % 7;
    const days = [...weeks.map((week) => ahead + week), ...weeks.map((week) => ahead - 7 - week)];
    const sorted = days.sort((a, b) => Math.abs(a) - Math.abs(b));
    return day + (sorted[count - 1] ?? ahead);
  };
  return { value: moved(from.value, near), next: from.next };
};

/** A day counted from another that is still to come, itself to come too. */
function moved(fixed: SaidDay, move: (day: Day) => Day): SaidDay {
  return {
    ...fixed,
    on: (today, isOver) => {
      const day = fixed.on(today, (each) => isOver(move(each)));
      return day === undefined ? undefined : move(day);
    },
  };
}

/** A weekday by its place before or after a date. */
export const readAround: Reader<SaidDay> = (tokens, at) =>
  firstOf(readClosest, readWeekdayAround)(tokens, at);
