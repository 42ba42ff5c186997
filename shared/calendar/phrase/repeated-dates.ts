import { readMonthAndYear } from './dates.ts';
import { fixedDate, readHoliday } from './holidays.ts';
import { readOrdinal } from './numbers.ts';
import { type CalendarDate, readNumeric } from './numeric-dates.ts';
import { listOf, type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { type Repeat, unique, weekdayCodes, workdays } from './repeat.ts';
import type { Token } from './tokens.ts';
import { monthNamed, weekdayNamed, weekdaysNamed } from './words.ts';

/** `january 25`, `25th of january`, `1/30 and 9/30`, `15th`, `1st and 15th`, `last day of the month`: behind `every`. */
export const readEveryDate: Reader<Repeat> = (tokens, at) => {
  const holiday = readHoliday(tokens, at);
  const date = holiday === undefined ? undefined : fixedDate(holiday.value);
  if (holiday !== undefined && date !== undefined)
    return {
      value: { freq: 'YEARLY', interval: 1, byMonth: [date.month], byMonthDay: [date.day] },
      next: holiday.next,
    };
  const inMonth = readDaysOfMonth(tokens, at);
  if (inMonth !== undefined) return inMonth;
  const dates = listOf(readYearlessDate)(tokens, at);
  if (dates !== undefined) {
    const [first] = dates.value;
    const either = first?.orElse === undefined ? {} : { either: [first, first.orElse] };
    const byMonth = unique(dates.value.map(({ month }) => month));
    const byMonthDay = unique(dates.value.map(({ day }) => day));
    // Months times days: more than were said, unless one of them is the same for all.
    if (byMonth.length > 1 && byMonthDay.length > 1) return undefined;
    return { value: { freq: 'YEARLY', interval: 1, byMonth, byMonthDay, ...either }, next: dates.next };
  }
  const start = skipAny(tokens, at, ['the']);
  const month = readMonthAndYear(tokens, start);
  if (month !== undefined && month.value.year === undefined)
    return {
      value: { freq: 'YEARLY', interval: 1, byMonth: [month.value.month], byMonthDay: [1] },
      next: month.next,
    };
  const days = readMonthDays(tokens, start);
  if (days === undefined) return undefined;
  return { value: { freq: 'MONTHLY', interval: 1, byMonthDay: days.value }, next: days.next };
};

/** `20th and 30th of august`, `august 20 and 30`: several days of one month. */
const readDaysOfMonth: Reader<Repeat> = (tokens, at) => {
  const start = skipAny(tokens, at, ['the']);
  const ahead = monthNamed(textAt(tokens, start));
  const days = listOf(readMonthDayNumber)(
    tokens,
    ahead === undefined ? start : skipAny(tokens, start + 1, ['the']),
  );
  if (days === undefined || days.value.length < 2) return undefined;
  const of = skipAny(tokens, days.next, ['of']);
  const month = ahead ?? monthNamed(textAt(tokens, of));
  if (month === undefined) return undefined;
  const value: Repeat = { freq: 'YEARLY', interval: 1, byMonth: [month], byMonthDay: unique(days.value) };
  return { value, next: ahead === undefined ? of + 1 : days.next };
};

const readMonthDayNumber: Reader<number> = (tokens, at) => {
  const day = readOrdinal(tokens, at) ?? dayNumber(tokens, at);
  return day === undefined || day.value < 1 || day.value > 31 ? undefined : day;
};

/** The 31 April of `every 4/31`, to be told that there is none. */
const readNoDate: Reader<CalendarDate> = (tokens, at) => {
  const numbers = [Number(textAt(tokens, at)), Number(textAt(tokens, at + 2))];
  const [day = 0, month = 0] = tokens[at + 1]?.mark === 'day-first' ? numbers : numbers.toReversed();
  const isNear = tokens[at + 2]?.kind === 'number' && textAt(tokens, at + 1) === '/';
  return isNear && month >= 1 && month <= 12 && day >= 1 && day <= 31
    ? { value: { month, day }, next: at + 3 }
    : undefined;
};

const readYearlessDate: Reader<CalendarDate> = (tokens, at) => {
  const start = skipAny(tokens, at, ['the']);
  const isGlued = tokens[start]?.kind === 'number' && tokens[start + 1]?.glued === true;
  if (isGlued && /^[/.]$/.test(textAt(tokens, start + 1)))
    return readNumeric(tokens, start) ?? readNoDate(tokens, start);
  const month = monthNamed(textAt(tokens, start));
  if (month !== undefined) {
    const dayStart = skipAny(tokens, start + 1, ['the']);
    const day = readOrdinal(tokens, dayStart) ?? dayNumber(tokens, dayStart);
    return day === undefined || day.value > 31 || day.value < 1
      ? undefined
      : { value: { month, day: day.value }, next: day.next };
  }
  const day = readOrdinal(tokens, start) ?? dayNumber(tokens, start);
  if (day === undefined || day.value > 31 || day.value < 1) return undefined;
  const of = skipAny(tokens, day.next, ['of']);
  const behind = monthNamed(textAt(tokens, of));
  return behind === undefined ? undefined : { value: { month: behind, day: day.value }, next: of + 1 };
};

function dayNumber(tokens: readonly Token[], at: number): Read<number> | undefined {
  const token = tokens[at];
  const behind = tokens[at + 1]?.text ?? '';
  return token?.kind === 'number' && token.text.length <= 2 && !/^(?::|am|pm)$/.test(behind)
    ? { value: Number(token.text), next: at + 1 }
    : undefined;
}

/** `first monday of the month`, `last friday`, `2nd and 4th tuesday of the month`, `first sunday of march`. */
export const readEveryNth: Reader<Repeat> = (tokens, at) => {
  const start = skipAny(tokens, at, ['the']);
  const nth = readNthWeekdays(tokens, start);
  if (nth === undefined) return readNthWorkday(tokens, start);
  const of = readOfMonth(tokens, nth.next);
  const isLast = nth.value.every((code) => code.startsWith('-'));
  const isFirst = nth.value.every((code) => code.startsWith('1'));
  // `every second friday` is every other one; `every first` and `every last friday` can only be of a month.
  if (of === undefined && !isLast && !isFirst) return undefined;
  const value: Repeat = { freq: 'MONTHLY', interval: of?.value.interval ?? 1, byDay: nth.value };
  const byMonth = of?.value.month;
  return {
    value: byMonth === undefined ? value : { ...value, freq: 'YEARLY', interval: 1, byMonth: [byMonth] },
    next: of?.next ?? nth.next,
  };
};

/** `last business day of every month`. */
function readNthWorkday(tokens: readonly Token[], at: number): Read<Repeat> | undefined {
  const place = skip(tokens, at, 'last') === undefined ? (skip(tokens, at, 'o1') === undefined ? 0 : 1) : -1;
  const day = skipAny(tokens, at + 1, ['business day', 'working day', 'work day', 'workday', 'weekday']);
  const of = place === 0 || day === at + 1 ? undefined : readOfMonth(tokens, day);
  const isEvery = of?.value.isEach === true || /^(?:every|each)$/.test(textAt(tokens, at - 1));
  if (of === undefined || !isEvery || of.value.month !== undefined) return undefined;
  return {
    value: { freq: 'MONTHLY', interval: of.value.interval, byDay: workdays, bySetPos: [place] },
    next: of.next,
  };
}

/** `(the) first monday of each month`: without `every` before it, the month says that it repeats. */
export const readMonthlyNth: Reader<Repeat> = (tokens, at) => {
  const workday = readNthWorkday(tokens, at);
  if (workday !== undefined) return workday;
  const nth = readNthWeekdays(tokens, at);
  const of = nth === undefined ? undefined : readOfMonth(tokens, nth.next);
  if (nth === undefined || of?.value.isEach !== true) return undefined;
  return { value: { freq: 'MONTHLY', interval: of.value.interval, byDay: nth.value }, next: of.next };
};

/** `(the) 15th of every month`, `the last day of each month`. */
export const readMonthlyDay: Reader<Repeat> = (tokens, at) => {
  const days = readMonthDays(tokens, at, true);
  if (days === undefined) {
    const date = readYearlessDate(tokens, at);
    const every = date === undefined ? undefined : readEveryYear(tokens, date.next);
    if (date === undefined || every === undefined) return undefined;
    const { month, day } = date.value;
    return { value: { freq: 'YEARLY', interval: 1, byMonth: [month], byMonthDay: [day] }, next: every };
  }
  return { value: { freq: 'MONTHLY', interval: days.interval, byMonthDay: days.value }, next: days.next };
};

function readEveryYear(tokens: readonly Token[], at: number): number | undefined {
  for (const phrase of ['every year', 'each year', 'of every year', 'of each year', 'yearly', 'annually'])
    if (skip(tokens, at, phrase) !== undefined) return skip(tokens, at, phrase);
  return undefined;
}

export function readNthWeekdays(tokens: readonly Token[], at: number): Read<readonly string[]> | undefined {
  const nths = listOf(readNth)(tokens, at);
  if (nths === undefined) return undefined;
  const weekday = weekdayNamed(textAt(tokens, nths.next)) ?? weekdaysNamed(textAt(tokens, nths.next));
  if (weekday !== undefined)
    return { value: nths.value.map((nth) => `${nth}${weekdayCodes[weekday]}`), next: nths.next + 1 };
  return undefined;
}

const readNth: Reader<number> = (tokens, at) => {
  const start = skipAny(tokens, at, ['the']);
  const last = skip(tokens, start, 'last');
  if (last !== undefined) return { value: -1, next: last };
  const ordinal = readOrdinal(tokens, start);
  return ordinal !== undefined && ordinal.value >= 1 && ordinal.value <= 5 ? ordinal : undefined;
};

interface OfMonth {
  readonly interval: number;
  readonly isEach: boolean;
  readonly month?: number;
}

/** `of the month`, `each month`, `of every other month`, `in march`. */
export function readOfMonth(tokens: readonly Token[], at: number): Read<OfMonth> | undefined {
  const start = skipAny(tokens, at, ['of', 'in', 'on']);
  for (const [phrase, interval, isEach] of [
    ['every other month', 2, true],
    ['every 2 months', 2, true],
    ['every n2 months', 2, true],
    ['every second month', 2, true],
    ['every 3 months', 3, true],
    ['every n3 months', 3, true],
    ['every 6 months', 6, true],
    ['every n6 months', 6, true],
    ['every month', 1, true],
    ['each month', 1, true],
    ['a month', 1, true],
    ['the month', 1, false],
    ['month', 1, false],
    ['monthly', 1, true],
    ['every quarter', 3, true],
  ] as const) {
    const next = skip(tokens, start, phrase);
    if (next !== undefined) return { value: { interval, isEach }, next };
  }
  const month = start > at ? monthNamed(textAt(tokens, start)) : undefined;
  return month === undefined ? undefined : { value: { interval: 1, isEach: false, month }, next: start + 1 };
}

/** Days of a month in a list; -1 is the last one. */
export function readMonthDays(
  tokens: readonly Token[],
  at: number,
  needsEach = false,
): (Read<readonly number[]> & { readonly interval: number }) | undefined {
  const days = listOf(readMonthDay)(tokens, at);
  if (days === undefined) return undefined;
  const of = readOfMonth(tokens, days.next);
  if (needsEach && of?.value.isEach !== true) return undefined;
  if (of?.value.month !== undefined) return undefined;
  return { value: unique(days.value), next: of?.next ?? days.next, interval: of?.value.interval ?? 1 };
}

const readMonthDay: Reader<number> = (tokens, at) => {
  const start = skipAny(tokens, at, ['the', 'day']);
  const first = skip(tokens, start, 'start') ?? skip(tokens, start, 'beginning');
  if (first !== undefined)
    return readOfMonth(tokens, first) === undefined ? undefined : { value: 1, next: first };
  const last = skip(tokens, start, 'last day') ?? skip(tokens, start, 'last') ?? skip(tokens, start, 'end');
  if (last !== undefined)
    return readOfMonth(tokens, last) === undefined ? undefined : { value: -1, next: last };
  const ordinal = readOrdinal(tokens, start);
  if (ordinal === undefined || ordinal.value < 1 || ordinal.value > 31) return undefined;
  return { value: ordinal.value, next: skipAny(tokens, ordinal.next, ['day']) };
};
