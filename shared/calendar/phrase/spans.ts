import { readAmount } from './numbers.ts';
import { type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import type { Token } from './tokens.ts';
import { type Unit, unitNamed, unitOfLetter } from './words.ts';

/** A length of time as somebody says it: months and days are the calendar's, hours and below are exact. */
export interface Span {
  readonly months: number;
  readonly days: number;
  /** Milliseconds. */
  readonly exact: number;
  /** The smallest unit that was named. */
  readonly unit: Unit;
}

/** `2 hours and 30 minutes`, `2h30m`, `an hour and a half`, `half an hour`, `1.5 hours`, `a fortnight`. */
export const readSpan: Reader<Span> = (tokens, at) => {
  const first = readPart(tokens, at);
  if (first === undefined) return undefined;
  let { value: span, next } = first;
  for (let parts = 1; parts < 7; parts += 1) {
    const half = halfOfUnit(tokens, next);
    if (half !== undefined) {
      const added = spanOf(0.5, span.unit);
      if (added !== undefined) span = sum(span, added);
      next = half;
      continue;
    }
    const part =
      readPart(tokens, next) ?? readPart(tokens, skipAny(tokens, next, [', and', ',', 'and', 'plus', '&']));
    // Units get smaller: in `1 hour 2 days` the days belong to what follows.
    if (part === undefined || !isSmaller(part.value.unit, span.unit)) break;
    span = sum(span, part.value);
    next = part.next;
  }
  const bare = readBareMinutes(tokens, next, span);
  return bare ?? { value: span, next };
};

function readPart(tokens: readonly Token[], at: number): Read<Span> | undefined {
  for (const [phrase, days] of [
    ['a fortnight', 14],
    ['fortnight', 14],
    ['n1 fortnight', 14],
  ] as const) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined) return { value: { months: 0, days, exact: 0, unit: 'week' }, next };
  }
  const hour = skip(tokens, at, 'next hour');
  if (hour !== undefined)
    return { value: { months: 0, days: 0, exact: 3_600_000, unit: 'hour' }, next: hour };
  const amount = readAmount(tokens, at);
  if (amount === undefined) return undefined;
  const behind = skipAny(tokens, amount.next, [
    'more',
    'whole',
    'full',
    'upcoming',
    'coming',
    'next',
    '-',
    'of an',
    'of a',
  ]);
  const word = textAt(tokens, behind);
  const isDigit = tokens[amount.next - 1]?.kind === 'number' || word === 'h';
  const unit =
    unitNamed(word) ??
    (isDigit ? unitOfLetter(word) : undefined) ??
    (isDigit && tokens[behind]?.glued === true ? signs.get(word) : undefined);
  if (unit === undefined) return undefined;
  const value = spanOf(amount.value, unit);
  return value === undefined ? undefined : { value, next: behind + 1 };
}

const signs: ReadonlyMap<string, Unit> = new Map([
  ["'", 'minute'],
  ['"', 'second'],
]);

/** The 30 of `2h30`. */
function readBareMinutes(tokens: readonly Token[], at: number, span: Span): Read<Span> | undefined {
  const token = tokens[at];
  if (span.unit !== 'hour' || token?.kind !== 'number' || !token.glued || token.text.length > 2)
    return undefined;
  const minutes = spanOf(Number(token.text), 'minute');
  return minutes === undefined ? undefined : { value: sum(span, minutes), next: at + 1 };
}

/** `and a half`, behind a unit. */
function halfOfUnit(tokens: readonly Token[], at: number): number | undefined {
  const next = skip(tokens, at, 'and a half') ?? skip(tokens, at, 'and half');
  return next === undefined || unitNamed(textAt(tokens, next)) !== undefined ? undefined : next;
}

const order: readonly Unit[] = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

function isSmaller(a: Unit, b: Unit): boolean {
  return order.indexOf(a) < order.indexOf(b);
}

/** `undefined` for a part of a month that is no whole number of days. */
export function spanOf(amount: number, unit: Unit): Span | undefined {
  const whole = Math.trunc(amount);
  const rest = amount - whole;
  const span = { months: 0, days: 0, exact: 0, unit };
  switch (unit) {
    case 'second':
      return { ...span, exact: Math.round(amount * 1000) };
    case 'minute':
      return { ...span, exact: Math.round(amount * 60_000) };
    case 'hour':
      return { ...span, exact: Math.round(amount * 3_600_000) };
    case 'day':
      return { ...span, days: whole, exact: Math.round(rest * 86_400_000) };
    case 'week':
      return { ...span, days: whole * 7 + Math.floor(rest * 7), exact: 0 };
    case 'month':
      return { ...span, months: whole, days: Math.round(rest * 30) };
    case 'quarter':
      return { ...span, months: Math.round(amount * 3) };
    case 'year':
      return { ...span, months: Math.round(amount * 12) };
  }
}

function sum(a: Span, b: Span): Span {
  return {
    months: a.months + b.months,
    days: a.days + b.days,
    exact: a.exact + b.exact,
    unit: isSmaller(b.unit, a.unit) ? b.unit : a.unit,
  };
}
