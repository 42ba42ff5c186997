import { daysInMonth } from '../local-time.ts';
import { readOrdinal, readWhole } from './numbers.ts';
import { firstOf, isAbbreviated, type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import type { Token } from './tokens.ts';
import { monthNamed } from './words.ts';

/** A date of the calendar, with its year where it was said. */
export interface CalendarDate {
  readonly year?: number | undefined;
  readonly month: number;
  readonly day: number;
  /** `of next year`. */
  readonly yearsAhead?: number;
  /** `5/6`, from somebody of whom nobody knows which they write first: the other date that it may be. */
  readonly orElse?: { readonly month: number; readonly day: number };
}

/** `july 12th`, `12 july 2027`, `the 3rd of march`, `12/17/2026`, `17.12.2026`, `2026-12-10`. */
export const readDate: Reader<CalendarDate> = (tokens, at) =>
  firstOf(readIso, readNumeric, readMonthFirst, readDayFirst)(tokens, at);

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

const readIso: Reader<CalendarDate> = (tokens, at) => {
  const sign = textAt(tokens, at + 1);
  if (sign !== '-' && sign !== '/' && sign !== '.') return undefined;
  const parts = threeNumbers(tokens, at, sign);
  if (parts === undefined || parts[0].length !== 4) return undefined;
  const value = { year: Number(parts[0]), month: Number(parts[1]), day: Number(parts[2]) };
  return value.month >= 1 && value.month <= 12 && value.day >= 1 && value.day <= 31
    ? { value, next: at + 5 }
    : undefined;
};

/** Between dots the day is first, between slashes and dashes as the person writes; unless only the other way is a date. */
export const readNumeric: Reader<CalendarDate> = (tokens, at) => {
  const first = tokens[at];
  const sign = tokens[at + 1];
  const second = tokens[at + 2];
  if (first?.kind !== 'number' || second?.kind !== 'number' || sign === undefined) return undefined;
  if (!/^[/.-]$/.test(sign.text) || first.text.length > 2 || second.text.length > 2) return undefined;
  const third = threeNumbers(tokens, at, sign.text)?.[2];
  const isGlued = sign.glued && second.glued;
  if (third === undefined) {
    const dot = textAt(tokens, at + 3) === '.' && tokens[at + 3]?.glued === true;
    // 7.30 is a time, 5-6 a range and 1/2 an amount: only slashes make a date of two numbers.
    if (sign.text === '-' || (sign.text === '.' && !dot)) return undefined;
    if (/^(?:h|hour|hours|hr|hrs|min|minutes|of)$/.test(textAt(tokens, at + 3))) return undefined;
    const value = ordered(Number(first.text), Number(second.text), sign, undefined);
    return value === undefined ? undefined : { value, next: at + (dot && sign.text === '.' ? 4 : 3) };
  }
  if (!isGlued || (third.length !== 2 && third.length !== 4)) return undefined;
  const year = third.length === 2 ? centuryOf(Number(third)) : Number(third);
  const value = ordered(Number(first.text), Number(second.text), sign, year);
  return value === undefined ? undefined : { value, next: at + 5 };
};

/** Two digits mean this century, but for those who write dates of the last. */
function centuryOf(year: number): number {
  return year >= 70 ? 1900 + year : 2000 + year;
}

function ordered(a: number, b: number, sign: Token, year: number | undefined): CalendarDate | undefined {
  const monthFirst = { year, month: a, day: b };
  const dayFirst = { year, month: b, day: a };
  const isDayFirst = sign.text === '.' || sign.mark === 'day-first';
  const [date, other] = (isDayFirst ? [dayFirst, monthFirst] : [monthFirst, dayFirst]).filter(isDate);
  const isOpen = sign.text !== '.' && sign.mark === undefined && a !== b && other !== undefined;
  return date === undefined || !isOpen ? date : { ...date, orElse: { month: other.month, day: other.day } };
}

function threeNumbers(
  tokens: readonly Token[],
  at: number,
  sign: string,
): readonly [string, string, string] | undefined {
  const [a, s1, b, s2, c] = tokens.slice(at, at + 5);
  if (a?.kind !== 'number' || b?.kind !== 'number' || c?.kind !== 'number') return undefined;
  if (s1?.text !== sign || s2?.text !== sign || !s2.glued || !c.glued) return undefined;
  return [a.text, b.text, c.text];
}

const readMonthFirst: Reader<CalendarDate> = (tokens, at) => {
  const month = readMonth(tokens, at);
  if (month === undefined) return undefined;
  const start = skipAny(tokens, month.next, ['the', '-']);
  const day = readOrdinal(tokens, start) ?? readDayNumber(tokens, start);
  if (day === undefined || day.value < 1 || day.value > 31) return undefined;
  // `march 5pm` and `may 3:30` name a time.
  if (tokens[start]?.kind === 'number' && isTime(tokens, start)) return undefined;
  return withYear(tokens, skipLastDay(tokens, day.next), { month: month.value, day: day.value });
};

/** The end of `july 13-15`, `july 13 to july 15`: the beginning counts. */
function skipLastDay(tokens: readonly Token[], at: number): number {
  const to = skipAny(tokens, at, ranges);
  if (to === at) return at;
  const start = readMonth(tokens, to)?.next ?? to;
  const day = readOrdinal(tokens, start) ?? readDayNumber(tokens, start);
  return day === undefined || day.value > 31 || isTime(tokens, start) ? at : day.next;
}

const ranges = ['-', '\u2013', 'to', 'thru', 'through'];

const readDayFirst: Reader<CalendarDate> = (tokens, at) => {
  const start = skipAny(tokens, at, ['from']);
  const day = readOrdinal(tokens, start) ?? readDayNumber(tokens, start);
  if (day === undefined || day.value < 1 || day.value > 31) return undefined;
  const last = skipLastDay(tokens, day.next);
  const month = readMonth(tokens, skipAny(tokens, last, ['day of', 'of', '-', '.', 'in']));
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
  const start = skipAny(tokens, at, [',', 'of', '-', 'in']);
  const year = readYear(tokens, start);
  // `at 1400` behind a date is a time, and so is `1400 hours`.
  if (year === undefined) return { value: date, next: at };
  return { value: { ...date, year: year.value }, next: year.next };
}

/** Whether some year has such a date: which one is asked for is known later. */
function isDate({ month, day }: CalendarDate): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(2000, month);
}
