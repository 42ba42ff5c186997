import { civil, type Day, dayOf, weekdayOf } from '../local-time.ts';
import type { Read, Reader } from './read.ts';
import { textAt } from './read.ts';

/** The day of a holiday in a year. */
export type Holiday = (year: number) => Day;

/** The nth such weekday (0 is Monday) of a month; -1 is the last. */
export function nthWeekday(year: number, month: number, [nth, weekday]: readonly [number, number]): Day {
  if (nth < 0) {
    const last = dayOf({ year, month: month + 1, day: 0 });
    return last - ((weekdayOf(last) - weekday + 7) % 7) + (nth + 1) * 7;
  }
  const first = dayOf({ year, month, day: 1 });
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
}

/** Easter Sunday of the western churches (the anonymous Gregorian algorithm). */
export function easter(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return dayOf({ year, month: Math.floor(f / 31), day: (f % 31) + 1 });
}

/** The date of a holiday that falls on the same one each year. */
export function fixedDate(holiday: Holiday): { readonly month: number; readonly day: number } | undefined {
  const [first, ...others] = [2026, 2027, 2028].map((year) => civil(holiday(year)));
  const isFixed = others.every(({ month, day }) => month === first?.month && day === first.day);
  return isFixed && first !== undefined ? { month: first.month, day: first.day } : undefined;
}

export const readHoliday: Reader<Holiday> = (tokens, at): Read<Holiday> | undefined => {
  const word = textAt(tokens, at);
  const value = word[0] === 'h' ? holidayOf(word.slice(1)) : undefined;
  return value === undefined ? undefined : { value, next: at + 1 };
};

/** The last Sunday of Advent, the one before Christmas. */
function lastOfAdvent(year: number): Day {
  const eve = dayOf({ year, month: 12, day: 24 });
  return eve - ((weekdayOf(eve) + 1) % 7);
}

/** The holiday of a rule: `12-25`, `easter-2`, `advent-21`, `11:4:3+1`. */
function holidayOf(rule: string): Holiday | undefined {
  const byEaster = /^easter([+-][0-9]+)$/.exec(rule);
  if (byEaster !== null) return (year) => easter(year) + Number(byEaster[1]);
  const byAdvent = /^advent([+-][0-9]+)$/.exec(rule);
  if (byAdvent !== null) return (year) => lastOfAdvent(year) + Number(byAdvent[1]);
  const date = /^([0-9]+)-([0-9]+)$/.exec(rule);
  if (date !== null) return (year) => dayOf({ year, month: Number(date[1]), day: Number(date[2]) });
  const byWeekday = /^([0-9]+):(-?[0-9]+):([0-6])([+-][0-9]+)?$/.exec(rule);
  if (byWeekday === null) return undefined;
  const [month = 1, count = 1, weekday = 0, plus = 0] = byWeekday.slice(1).map((part) => Number(part ?? 0));
  return (year) => nthWeekday(year, month, [count, weekday]) + plus;
}
