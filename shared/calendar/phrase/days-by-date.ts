import { civil, dayOf, exists, hasDay, weekdayOf } from '../local-time.ts';
import { readDate, readYear } from './dates.ts';
import { readHoliday } from './holidays.ts';
import { readOrdinal } from './numbers.ts';
import type { CalendarDate } from './numeric-dates.ts';
import { type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { type On, type SaidDay, said } from './said-day.ts';
import type { Token } from './tokens.ts';
import { weekdayNamed } from './words.ts';

/** `Monday, Feb 18`, `Tuesday the 19th`, `Thu 15th`: the next date that is such a weekday, if the year is not said. */
export const readWeekdayWithDate: Reader<SaidDay> = (tokens, at) => {
  const start = skipAny(tokens, at, ['this', 'coming', 'next']);
  const weekday = weekdayNamed(textAt(tokens, start));
  if (weekday === undefined) return undefined;
  const behind = skipAny(tokens, skipAny(tokens, start + 1, ['.']), [
    ', the',
    ', on the',
    ', on',
    ',',
    'the',
    'on the',
  ]);
  const date = readDate(tokens, behind);
  if (date !== undefined) return { value: saidDate(date.value, weekday), next: date.next };
  const ordinal = readOrdinal(tokens, behind);
  if (ordinal === undefined || ordinal.value > 31 || textAt(tokens, ordinal.next) === 'of') return undefined;
  return { value: said(dayOfMonthOn(ordinal.value, weekday)), next: ordinal.next };
};

export const readDateDay: Reader<SaidDay> = (tokens, at) => {
  const date = readDate(tokens, at);
  if (date === undefined) return undefined;
  const weekdayStart = skipAny(tokens, date.next, [',']);
  const weekday = weekdayNamed(textAt(tokens, weekdayStart));
  if (weekday !== undefined && weekdayStart > date.next)
    return { value: saidDate(date.value, weekday), next: weekdayStart + 1 };
  return { value: saidDate(date.value), next: date.next };
};

function saidDate(date: CalendarDate, weekday?: number): SaidDay {
  const { month, day } = date;
  if (!hasDay(month, day)) return { on: () => undefined, never: { month, day } };
  const either =
    date.orElse === undefined || weekday !== undefined ? {} : { either: [{ month, day }, date.orElse] };
  return { on: dateOn(date, weekday), ...either };
}

/** How many years ahead a date without a year may lie: 29 February is not in every fourth. */
const YEARS_AHEAD = 16;
/** So many months ahead a weekday with a day of the month is looked for: one that fits neither is a slip of the pen. */
const NEAR_MONTHS = 2;

export function dateOn({ year, month, day, yearsAhead }: CalendarDate, weekday?: number): On {
  return (today, isOver) => {
    const thisYear = civil(today).year;
    if (year !== undefined) {
      const isRight = exists({ year, month, day });
      return isRight && (weekday === undefined || weekdayOf(dayOf({ year, month, day })) === weekday)
        ? dayOf({ year, month, day })
        : undefined;
    }
    if (yearsAhead !== undefined) return dayOf({ year: thisYear + yearsAhead, month, day });
    for (let ahead = 0; ahead <= YEARS_AHEAD; ahead += 1) {
      const date = { year: thisYear + ahead, month, day };
      if (!exists(date) || isOver(dayOf(date))) continue;
      // A weekday that does not fit is a slip of the pen: nobody means the year in which it would.
      return weekday === undefined || weekdayOf(dayOf(date)) === weekday ? dayOf(date) : undefined;
    }
    return undefined;
  };
}

function dayOfMonthOn(day: number, weekday?: number): On {
  return (today, isOver) => {
    const { year, month } = civil(today);
    const months = weekday === undefined ? 12 * YEARS_AHEAD : NEAR_MONTHS + 1;
    for (let ahead = 0; ahead < months; ahead += 1) {
      const first = civil(dayOf({ year, month: month + ahead, day: 1 }));
      const date = { ...first, day };
      if (!exists(date) || isOver(dayOf(date))) continue;
      if (weekday === undefined || weekdayOf(dayOf(date)) === weekday) return dayOf(date);
    }
    return undefined;
  };
}

export const readHolidayDay: Reader<SaidDay> = (tokens, at) => {
  const start = skipAny(tokens, at, ['this', 'next', 'the', 'coming']);
  const holiday = readHoliday(tokens, start);
  if (holiday === undefined) return undefined;
  const year = readYear(tokens, skipAny(tokens, holiday.next, ['of', ',', 'in']));
  const nextYear = skip(tokens, holiday.next, 'of next year') ?? skip(tokens, holiday.next, 'next year');
  const on: On = (today, isOver) => {
    const thisYear = civil(today).year;
    if (year !== undefined) return holiday.value(year.value);
    if (nextYear !== undefined) return holiday.value(thisYear + 1);
    const day = holiday.value(thisYear);
    return isOver(day) ? holiday.value(thisYear + 1) : day;
  };
  return { value: said(on), next: year?.next ?? nextYear ?? holiday.next };
};

/** `on the 15th`, `the 1st of next month`; without a word before it only `15th`, not `15`. */
export function readDayOfMonth(isLed: boolean): Reader<SaidDay> {
  return (tokens, at) => {
    const ordinal = readOrdinal(tokens, at) ?? readNumberOfMonth(tokens, at);
    if (ordinal === undefined || ordinal.value < 1 || ordinal.value > 31) return undefined;
    const isDigit = tokens[at]?.kind === 'number';
    const day = skipAny(tokens, ordinal.next, ['day']);
    if (!isLed && !isDigit) return undefined;
    const of = skip(tokens, day, 'of') ?? ordinal.next;
    for (const [phrase, ahead] of [
      ['next month', 1],
      ['the next month', 1],
      ['this month', 0],
      ['the current month', 0],
      ['the month', 0],
    ] as const) {
      const next = skip(tokens, of, phrase);
      if (next === undefined) continue;
      const on: On = (today, isOver) => {
        const { year, month } = civil(today);
        const date = { ...civil(dayOf({ year, month: month + ahead, day: 1 })), day: ordinal.value };
        return phrase === 'the month'
          ? dayOfMonthOn(ordinal.value)(today, isOver)
          : exists(date)
            ? dayOf(date)
            : undefined;
      };
      return { value: said(on), next };
    }
    return of > ordinal.next ? undefined : { value: said(dayOfMonthOn(ordinal.value)), next: ordinal.next };
  };
}

/** Nothing follows that the number could count. */
function isOver(token: Token | undefined): boolean {
  return token === undefined || /^(?:to|that|about|at|,|:)$/.test(token.text);
}

/** The 20 of `20 of next month`, and of `the 20` with nothing behind it. */
function readNumberOfMonth(tokens: readonly Token[], at: number): Read<number> | undefined {
  const token = tokens[at];
  const isOf = /^(?:next|this|the) (?:month|next|current)/.test(
    `${textAt(tokens, at + 2)} ${textAt(tokens, at + 3)}`,
  );
  const isAlone = textAt(tokens, at - 1) === 'the' && isOver(tokens[at + 1]);
  return token?.kind === 'number' &&
    token.text.length <= 2 &&
    (isAlone || (textAt(tokens, at + 1) === 'of' && isOf))
    ? { value: Number(token.text), next: at + 1 }
    : undefined;
}
