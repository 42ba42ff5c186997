import { defined } from '../../domain/defined.ts';
import { addMonths, civil, type Day, dayOf, daysInMonth, weekdayOf } from '../local-time.ts';
import { readDate, readMonthAndYear, readYear } from './dates.ts';
import { dateOn } from './days-by-date.ts';
import { nthWeekday } from './holidays.ts';
import { readOrdinal } from './numbers.ts';
import { type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { type On, type SaidDay, said } from './said-day.ts';
import type { Token } from './tokens.ts';
import { monthNamed, unitNamed, weekdayNamed } from './words.ts';

/** `the week of october 6th`: its Monday. `first week of october`: that of its first Monday. */
export const readWeekOf: Reader<SaidDay> = (tokens, at) => {
  const of = skip(tokens, at, 'week of');
  const date = of === undefined ? undefined : readDate(tokens, skipAny(tokens, of, ['the']));
  if (date !== undefined) {
    const on = dateOn(date.value);
    return {
      value: said((today, isOver) => {
        const day = on(today, isOver);
        return day === undefined ? undefined : day - weekdayOf(day);
      }),
      next: date.next,
    };
  }
  const ordinal = readPlace(tokens, at);
  const behind =
    ordinal === undefined
      ? undefined
      : (skip(tokens, ordinal.next, 'week of') ?? skip(tokens, ordinal.next, 'week in'));
  if (ordinal === undefined || behind === undefined || ordinal.value > 4) return undefined;
  const year = readYear(tokens, behind);
  if (year !== undefined && ordinal.value < 0) {
    // The last week of a year is the one that its 28 December is in.
    const last = dayOf({ year: year.value, month: 12, day: 28 });
    const monday = last - weekdayOf(last) + 7 * (ordinal.value + 1);
    return { value: said(() => monday), next: year.next };
  }
  const month = readMonthMeant(tokens, behind);
  if (month === undefined) return undefined;
  const dayIn = (year: number, inMonth: number): Day => nthWeekday(year, inMonth, [ordinal.value, 0]);
  return { value: said(inMonths(month.value, dayIn)), next: month.next };
};

/** `third quarter`, `4th quarter of 2028`, `Q3`: its first day. */
export const readQuarter: Reader<SaidDay> = (tokens, at) => {
  const ordinal = readOrdinal(tokens, at);
  const short =
    textAt(tokens, at) === 'q' && tokens[at + 1]?.glued === true ? Number(textAt(tokens, at + 1)) : undefined;
  const behindYear = quarterOfYear(tokens, at);
  if (behindYear !== undefined) return behindYear;
  const isNamed = ordinal !== undefined && unitNamed(textAt(tokens, ordinal.next)) === 'quarter';
  const quarter = isNamed ? ordinal.value : short;
  if (quarter === undefined || !(quarter >= 1 && quarter <= 4)) return undefined;
  const behind = isNamed ? ordinal.next + 1 : at + 2;
  const year = readYear(tokens, skipAny(tokens, behind, ['of', ',', 'in']));
  const month = { month: quarter * 3 - 2, year: year?.value };
  return {
    value: said(inMonths(month, (inYear, first) => dayOf({ year: inYear, month: first, day: 1 }))),
    next: year?.next ?? behind,
  };
};

/** `2028Q4`. */
function quarterOfYear(tokens: readonly Token[], at: number): Read<SaidDay> | undefined {
  const [year, q, quarter] = tokens.slice(at, at + 3);
  const isGlued = q?.said === 'q' && q.glued && quarter?.kind === 'number' && quarter.glued;
  if (
    !isGlued ||
    year?.kind !== 'number' ||
    !/^(?:\d{2}|\d{4})$/.test(year.text) ||
    !/^[1-4]$/.test(quarter.text)
  )
    return undefined;
  const century = year.text.length === 2 ? 2000 : 0;
  const month = Number(quarter.text) * 3 - 2;
  const day = dayOf({ year: century + Number(year.text), month, day: 1 });
  return { value: said(() => day), next: at + 3 };
}

/** `first monday of next month`, `last friday of march 2027`, `last day of the month`, `third day of october`. */
export const readNth: Reader<SaidDay> = (tokens, at) => {
  const ordinal = readPlace(tokens, at);
  if (ordinal === undefined || Math.abs(ordinal.value) > 31) return undefined;
  // A weekend is said for its first day.
  const word = textAt(tokens, ordinal.next);
  const weekday = weekdayNamed(word) ?? (word === 'weekend' ? 5 : undefined);
  const isDay = textAt(tokens, ordinal.next) === 'day';
  if (weekday === undefined && !isDay) return undefined;
  if (weekday !== undefined && Math.abs(ordinal.value) > 5) return undefined;
  const of = skipAny(tokens, ordinal.next + 1, ['of', 'in']);
  if (of === ordinal.next + 1) return undefined;
  const month = readMonthMeant(tokens, of);
  if (month === undefined) return undefined;
  const dayIn = (year: number, inMonth: number): Day | undefined => {
    const days = daysInMonth(year, inMonth);
    if (weekday === undefined) {
      const day = ordinal.value < 0 ? days + 1 + ordinal.value : ordinal.value;
      return day >= 1 && day <= days ? dayOf({ year, month: inMonth, day }) : undefined;
    }
    const day = nthWeekday(year, inMonth, [ordinal.value, weekday]);
    return civil(day).month === inMonth ? day : undefined;
  };
  return { value: said(inMonths(month.value, dayIn)), next: month.next };
};

/** `third`, `last`, `fifth last`: -1 is the last one. */
function readPlace(tokens: readonly Token[], at: number): Read<number> | undefined {
  const last = skip(tokens, at, 'last');
  if (last !== undefined) return { value: -1, next: last };
  const ordinal = readOrdinal(tokens, at);
  const behind =
    ordinal === undefined
      ? undefined
      : (skip(tokens, ordinal.next, 'last') ?? skip(tokens, ordinal.next, 'to last'));
  return ordinal === undefined || behind === undefined ? ordinal : { value: -ordinal.value, next: behind };
}

/** A month as somebody says it: by name, with or without a year, or by how far ahead it is. */
interface MonthMeant {
  readonly month?: number;
  readonly year?: number | undefined;
  readonly ahead?: number;
}

function readMonthMeant(tokens: readonly Token[], at: number): Read<MonthMeant> | undefined {
  for (const [phrase, ahead] of [
    ['next month', 1],
    ['the next month', 1],
    ['the following month', 1],
    ['this month', undefined],
    ['the month', undefined],
    ['month', undefined],
  ] as const) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined) return { value: defined({ ahead }), next };
  }
  const named = readMonthAndYear(tokens, at);
  return named === undefined ? undefined : { value: named.value, next: named.next };
}

export function inMonths(
  { month, year, ahead }: MonthMeant,
  dayIn: (year: number, month: number) => Day | undefined,
): On {
  return (today, isOver) => {
    const now = civil(today);
    if (year !== undefined && month !== undefined) return dayIn(year, month);
    if (ahead !== undefined) {
      const first = civil(dayOf({ year: now.year, month: now.month + ahead, day: 1 }));
      return dayIn(first.year, first.month);
    }
    for (let step = 0; step < 12 * 12; step += 1) {
      const first = civil(dayOf({ year: now.year, month: now.month + step, day: 1 }));
      if (month !== undefined && first.month !== month) continue;
      const day = dayIn(first.year, first.month);
      if (day !== undefined && !isOver(day)) return day;
    }
    return undefined;
  };
}

/** `in march`, `next march`, `march 2027`: its first day. */
export function readMonthDay(isLed: boolean): Reader<SaidDay> {
  return (tokens, at) => {
    const start = skipAny(tokens, at, ['next', 'this', 'early in', 'early', 'late in', 'late', 'coming']);
    const day = textAt(tokens, at) === 'late' ? 21 : 1;
    const named = readMonthAndYear(tokens, start);
    if (named === undefined) return isLed ? readYearDay(tokens, at) : undefined;
    const isAfterNext = skip(tokens, named.next, 'after next');
    const on = inMonths(named.value, (year, month) => dayOf({ year, month, day }));
    const isSure = isLed || start > at || named.value.year !== undefined;
    return {
      value: {
        on: isAfterNext === undefined ? on : (today, isOver) => addYear(on(today, isOver)),
        isVague: !isSure && monthNamed(textAt(tokens, start)) !== undefined,
      },
      next: isAfterNext ?? named.next,
    };
  };
}

function addYear(day: Day | undefined): Day | undefined {
  return day === undefined ? undefined : addMonths(day, 12);
}

const readYearDay: Reader<SaidDay> = (tokens, at) => {
  const year = readYear(tokens, at);
  return year === undefined
    ? undefined
    : { value: said(() => dayOf({ year: year.value, month: 1, day: 1 })), next: year.next };
};
