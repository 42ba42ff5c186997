import { type Day, weekdayOf } from '../local-time.ts';
import { readAmount, readWhole } from './numbers.ts';
import { isAbbreviated, type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { type SaidDay, said } from './said-day.ts';
import type { Token } from './tokens.ts';
import { isVagueWeekday, unitNamed, weekdayNamed, weekdaysNamed } from './words.ts';

/** `three fridays from now`. */
export const readNthComing: Reader<SaidDay> = (tokens, at) => {
  const count = readWhole(tokens, at);
  if (count === undefined || count.value < 1 || count.value > 60) return undefined;
  const weekday = weekdaysNamed(textAt(tokens, count.next)) ?? weekdayNamed(textAt(tokens, count.next));
  const isIn = textAt(tokens, at - 1) === 'in';
  const next =
    (isIn ? count.next + 1 : undefined) ??
    skip(tokens, count.next + 1, 'from now') ??
    skip(tokens, count.next + 1, 'from today');
  if (weekday === undefined || next === undefined) return undefined;
  return {
    value: said((today, isOver) => coming(weekday)(today, isOver) + 7 * (count.value - 1)),
    next,
  };
};

export const readWeekday: Reader<SaidDay> = (tokens, at) => {
  const nextWeek = /^(?:next|following)$/.test(textAt(tokens, at))
    ? (skip(tokens, at + 1, 'week on') ?? skip(tokens, at + 1, "week's") ?? skip(tokens, at + 1, 'week'))
    : undefined;
  const word = textAt(tokens, at);
  const modifier = /^(?:this|next|coming|upcoming|following|last)$/.test(word) ? word : '';
  const start = nextWeek ?? (modifier === '' ? at : skipAny(tokens, at + 1, ['coming', 'upcoming']));
  const weekday = weekdayNamed(textAt(tokens, start));
  if (weekday === undefined) return undefined;
  const next = textAt(tokens, start + 1) === '.' && isAbbreviated(tokens, start) ? start + 2 : start + 1;
  if (modifier === 'last')
    return { value: said((today) => today - ((weekdayOf(today) - weekday + 6) % 7) - 1), next };
  if (nextWeek !== undefined) return { value: said(inWeek(weekday, 1)), next };
  const behind = readWeekBehind(tokens, next);
  if (behind !== undefined) return { value: said(inWeek(weekday, behind.value)), next: behind.next };
  const after = skip(tokens, next, 'after next') ?? skip(tokens, next, 'week');
  if (after !== undefined)
    return { value: said((today, isOver) => coming(weekday)(today, isOver) + 7), next: after };
  const span = readWeeksOn(tokens, next);
  if (span !== undefined)
    return { value: said((today) => inWeek(weekday, span.value)(today)), next: span.next };
  if (modifier === 'next') return { value: said(inWeek(weekday, 1)), next };
  const isVague = modifier === '' && isVagueWeekday(textAt(tokens, start));
  return { value: { on: coming(weekday), isVague: isVague && start === at }, next };
};

/** The weekday of the week that begins so many Mondays ahead. */
function inWeek(weekday: number, weeks: number): (today: Day) => Day {
  return (today) => today - weekdayOf(today) + 7 * weeks + weekday;
}

export function coming(weekday: number): (today: Day, isOver: (day: Day) => boolean) => Day {
  return (today, isOver) => {
    const day = today + ((weekday - weekdayOf(today) + 7) % 7);
    return isOver(day) ? day + 7 : day;
  };
}

/** `next week`, `of next week`, `this week` behind a weekday. */
function readWeekBehind(tokens: readonly Token[], at: number): Read<number> | undefined {
  const start = skipAny(tokens, at, ['of', 'in', 'on', ',']);
  for (const [phrase, value] of [
    ['next week', 1],
    ['the next week', 1],
    ['the following week', 1],
    ['this week', 0],
    ['the week after next', 2],
  ] as const) {
    const next = skip(tokens, start, phrase);
    if (next !== undefined) return { value, next };
  }
  return undefined;
}

/** `in two weeks` behind a weekday. */
function readWeeksOn(tokens: readonly Token[], at: number): Read<number> | undefined {
  const start = skip(tokens, at, 'in');
  const amount = start === undefined ? undefined : readAmount(tokens, start);
  if (amount === undefined || !Number.isInteger(amount.value)) return undefined;
  return unitNamed(textAt(tokens, amount.next)) === 'week'
    ? { value: amount.value, next: amount.next + 1 }
    : undefined;
}

export const readWeekend: Reader<SaidDay> = (tokens, at) => {
  const start = skipAny(tokens, at, ['this coming', 'this', 'the', 'next', 'coming']);
  const isNext = textAt(tokens, at) === 'next';
  const next = skip(tokens, start, 'weekend') ?? skip(tokens, start, 'week - end');
  if (next === undefined) return undefined;
  return {
    // On a Saturday or Sunday this weekend is what is left of it.
    value: said((today) =>
      isNext ? inWeek(5, 1)(today) : weekdayOf(today) >= 5 ? today : inWeek(5, 0)(today),
    ),
    next,
  };
};
