import { civil, type Day, dayOf, weekdayOf } from '../local-time.ts';
import type { Read, Reader } from './read.ts';
import { skip } from './read.ts';

/** The day of a holiday in a year. */
export type Holiday = (year: number) => Day;

const fixed =
  (month: number, day: number): Holiday =>
  (year) =>
    dayOf({ year, month, day });

/** The nth such weekday (0 is Monday) of a month; -1 is the last. */
export function nthWeekday(year: number, month: number, [nth, weekday]: readonly [number, number]): Day {
  if (nth < 0) {
    const last = dayOf({ year, month: month + 1, day: 0 });
    return last - ((weekdayOf(last) - weekday + 7) % 7) + (nth + 1) * 7;
  }
  const first = dayOf({ year, month, day: 1 });
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
}

const nth =
  (month: number, count: number, weekday: number, plus = 0): Holiday =>
  (year) =>
    nthWeekday(year, month, [count, weekday]) + plus;

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

/** Days that English speakers name and that lie on one date for nearly all of them. Longest names first. */
const holidays: readonly (readonly [Holiday, ...string[]])[] = [
  [fixed(12, 24), 'christmas eve', 'xmas eve'],
  [fixed(12, 26), 'boxing day'],
  [fixed(12, 25), 'christmas day', 'christmas', 'xmas'],
  [fixed(12, 31), "new year's eve", 'new years eve', 'new year eve', 'nye'],
  [fixed(1, 1), "new year's day", 'new years day', "new year's", 'new years', 'new year'],
  [fixed(2, 14), "valentine's day", 'valentines day', 'valentine day', "valentine's"],
  [fixed(3, 17), "st patrick's day", "saint patrick's day", 'st patricks day'],
  [fixed(4, 1), "april fools' day", 'april fools day', "april fool's day", 'april fools'],
  [fixed(4, 22), 'earth day'],
  [fixed(7, 4), 'independence day'],
  [fixed(10, 31), 'halloween'],
  [fixed(11, 11), 'veterans day', "veteran's day"],
  [(year) => easter(year) - 2, 'good friday'],
  [(year) => easter(year) + 1, 'easter monday'],
  [easter, 'easter sunday', 'easter'],
  [nth(11, 4, 3, 1), 'black friday'],
  [nth(11, 4, 3, 4), 'cyber monday'],
  [nth(11, 4, 3), 'thanksgiving day', 'thanksgiving'],
  [nth(5, 2, 6), "mother's day", 'mothers day'],
  [nth(6, 3, 6), "father's day", 'fathers day'],
  [nth(5, -1, 0), 'memorial day'],
  [nth(9, 1, 0), 'labor day', 'labour day'],
  [nth(1, 3, 0), 'mlk day', 'martin luther king day', "martin luther king's day"],
  [fixed(3, 15), 'ides of march'],
];

/** The date of a holiday that falls on the same one each year. */
export function fixedDate(holiday: Holiday): { readonly month: number; readonly day: number } | undefined {
  const [first, ...others] = [2026, 2027, 2028].map((year) => civil(holiday(year)));
  const isFixed = others.every(({ month, day }) => month === first?.month && day === first.day);
  return isFixed && first !== undefined ? { month: first.month, day: first.day } : undefined;
}

export const readHoliday: Reader<Holiday> = (tokens, at): Read<Holiday> | undefined => {
  if (tokens[at]?.kind !== 'word') return undefined;
  for (const [value, ...names] of holidays) {
    for (const name of names) {
      const next = skip(tokens, at, name);
      if (next !== undefined) return { value, next };
    }
  }
  return undefined;
};
