import { readOrdinal, readWhole } from './numbers.ts';
import {
  type CalendarDate,
  readNumeric,
  readNumericMonth,
  readNumericRange,
  readYearFirst,
} from './numeric-dates.ts';
import { firstOf, isAbbreviated, type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import type { Token } from './tokens.ts';
import { monthNamed } from './words.ts';

/** `july 12th`, `12 july 2027`, `the 3rd of march`, `12/17/2026`, `17.12.2026`, `2026-12-10`. */
export const readDate: Reader<CalendarDate> = (tokens, at) => {
  const date = readOneDate(tokens, at);
  if (date === undefined) return undefined;
  // Of a span of dates the beginning counts: `17 august 2027 to 19 august 2027`.
  const to = skipAny(tokens, date.next, ranges);
  const last = to === date.next ? undefined : readOneDate(tokens, to);
  return last === undefined ? date : { value: date.value, next: last.next };
};

const readOneDate: Reader<CalendarDate> = (tokens, at) =>
  firstOf(
    readYearFirst,
    readYearAndMonth,
    readNumericRange,
    readNumeric,
    readMonthFirst,
    readDayFirst,
  )(tokens, at);

/** A year of four digits, or of two behind an apostrophe. */
export const readYear: Reader<number> = (tokens, at) => {
  const token = tokens[at];
  if (token?.kind === 'number' && token.text.length === 4 && Number(token.text) >= 1900)
    return Number(token.text) <= 9999 ? { value: Number(token.text), next: at + 1 } : undefined;
  const short = tokens[at + 1];
  return token?.text === "'" && short?.kind === 'number' && short.text.length === 2 && short.glued
    ? { value: 2000 + Number(short.text), next: at + 2 }
    : undefined;
};

/** `march`, `march 2027`, `march of 2027`. */
export const readMonthAndYear: Reader<{ readonly month: number; readonly year?: number | undefined }> = (
  tokens,
  at,
) => {
  const numeric = readNumericMonth(tokens, at);
  if (numeric !== undefined) return numeric;
  const month = readMonth(tokens, at);
  if (month === undefined) return undefined;
  const year = readYear(tokens, skipAny(tokens, month.next, [', ', 'of', ',']));
  return { value: { month: month.value, year: year?.value }, next: year?.next ?? month.next };
};

function readMonth(tokens: readonly Token[], at: number): Read<number> | undefined {
  const month = monthNamed(textAt(tokens, at));
  if (month === undefined) return undefined;
  const isShort = isAbbreviated(tokens, at) && textAt(tokens, at + 1) === '.' && tokens[at + 2] !== undefined;
  return { value: month, next: isShort ? at + 2 : at + 1 };
}

const readMonthFirst: Reader<CalendarDate> = (tokens, at) => {
  const month = readMonth(tokens, at);
  if (month === undefined) return undefined;
  const comma = skip(tokens, month.next, ',');
  const start = skipAny(tokens, month.next, ['the', '-']);
  const day =
    readOrdinal(tokens, comma ?? start) ?? (comma === undefined ? readDayNumber(tokens, start) : undefined);
  if (day === undefined || day.value < 1 || day.value > 31) return undefined;
  // `march 5pm` and `may 3:30` name a time.
  if (tokens[start]?.kind === 'number' && isTime(tokens, start)) return undefined;
  return withYear(tokens, skipLastDay(tokens, day.next), { month: month.value, day: day.value });
};

/** The end of `july 13-15`, `july 13 to july 15`: the beginning counts. */
function skipLastDay(tokens: readonly Token[], at: number): number {
  const to = skipAny(tokens, at, ranges);
  if (to === at) return at;
  const start = skipAny(tokens, readMonth(tokens, to)?.next ?? to, ['the']);
  const day = readOrdinal(tokens, start) ?? readDayNumber(tokens, start);
  return day === undefined || day.value > 31 || isTime(tokens, start) ? at : day.next;
}

const ranges = ['-', '\u2013', 'to', 'thru', 'through', 'until', 'until the'];

/** `2027 march 18`, `2027/mar/18`. */
const readYearAndMonth: Reader<CalendarDate> = (tokens, at) => {
  if (tokens[at]?.kind !== 'number' || tokens[at]?.text.length !== 4) return undefined;
  const year = readYear(tokens, at);
  const month =
    year === undefined ? undefined : readMonth(tokens, skipAny(tokens, year.next, ['/', '-', ',']));
  const start = month === undefined ? at : skipAny(tokens, month.next, ['/', '-', ',']);
  const day = month === undefined ? undefined : (readOrdinal(tokens, start) ?? readDayNumber(tokens, start));
  if (year === undefined || month === undefined || day === undefined || day.value < 1 || day.value > 31)
    return undefined;
  return { value: { year: year.value, month: month.value, day: day.value }, next: day.next };
};

const readDayFirst: Reader<CalendarDate> = (tokens, at) => {
  const start = skipAny(tokens, at, ['from the', 'from', 'the']);
  const day = readOrdinal(tokens, start) ?? readDayNumber(tokens, start);
  if (day === undefined || day.value < 1 || day.value > 31) return undefined;
  const last = skipLastDay(tokens, day.next);
  const month = readMonth(tokens, skipAny(tokens, last, ['day of', 'of', '-', '.', 'in', '/']));
  return month === undefined
    ? undefined
    : withYear(tokens, month.next, { month: month.value, day: day.value });
};

function readDayNumber(tokens: readonly Token[], at: number): Read<number> | undefined {
  const token = tokens[at];
  return token?.kind === 'number' && token.text.length <= 2 ? readWhole(tokens, at) : undefined;
}

function isTime(tokens: readonly Token[], at: number): boolean {
  const behind = tokens[at + 1];
  if (behind === undefined) return false;
  return (
    /^(?:am|pm|a|p)$/.test(behind.text) ||
    (behind.text === ':' && behind.glued && tokens[at + 2]?.kind === 'number')
  );
}

function withYear(
  tokens: readonly Token[],
  at: number,
  date: { readonly month: number; readonly day: number },
): Read<CalendarDate> | undefined {
  const nextYear = skip(tokens, at, 'of next year') ?? skip(tokens, at, 'next year');
  if (nextYear !== undefined) return { value: { ...date, yearsAhead: 1 }, next: nextYear };
  const start = skipAny(tokens, at, [',', 'of', '-', 'in', '/']);
  const year = readYear(tokens, start);
  // `at 1400` behind a date is a time, and so is `1400 hours`.
  if (year === undefined) return { value: date, next: at };
  return { value: { ...date, year: year.value }, next: year.next };
}
