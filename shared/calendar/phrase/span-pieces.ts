import { readWhole, skipMinus } from './numbers.ts';
import { isEmpty, type Piece } from './piece.ts';
import { type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { readSpan, type Span } from './spans.ts';
import type { Token } from './tokens.ts';

/** `in 1:30` is an hour and a half. */
const readClockSpan: Reader<Span> = (tokens, at) => {
  const [hours, sign, minutes] = tokens.slice(at, at + 3);
  const isGlued = sign?.text === ':' && sign.glued && minutes?.glued === true;
  if (!isGlued || hours?.kind !== 'number' || minutes.kind !== 'number') return undefined;
  if (hours.text.length > 2 || minutes.text.length !== 2 || textAt(tokens, at + 3) === ':') return undefined;
  const exact = (Number(hours.text) * 60 + Number(minutes.text)) * 60_000;
  return { value: { months: 0, days: 0, exact, unit: 'minute' }, next: at + 3 };
};

export const after: Piece = (tokens, at, so) => {
  // `thanksgiving in 9 months`, `friday in two weeks`: the day is looked for from then on.
  const isBehindDay = so.day !== undefined && so.after === undefined && textAt(tokens, at) === 'in';
  if (!isEmpty(so) && !isBehindDay) return undefined;
  const isLed = skipAny(tokens, at, ['in', 'after', 'within', 'in about', 'in around']) > at;
  const lead = skipAny(tokens, at, [
    'in about',
    'in around',
    'in approximately',
    'within',
    'in',
    'after',
    'about',
    '+',
  ]);
  const isNext = skipAny(tokens, lead, [
    'the next',
    'the upcoming',
    'the coming',
    'next',
    'upcoming',
    'coming',
  ]);
  const start = skipAny(tokens, isNext, ['about', 'around', 'exactly', 'like', 'the next']);
  const minus = isLed ? skipMinus(tokens, start) : undefined;
  if (minus !== undefined) return negative(readSpan(tokens, minus));
  const span =
    readSpan(tokens, start) ??
    readSpan(tokens, skipAny(tokens, lead, ['the'])) ??
    (isLed ? readClockSpan(tokens, start) : undefined);
  if (isBehindDay && (span === undefined || span.value.exact !== 0)) return undefined;
  if (span === undefined) {
    const minutes = readWhole(tokens, start);
    // `in 15` is minutes to everybody.
    if (!isLed || minutes === undefined || minutes.value > 99 || !isOver(tokens, minutes.next))
      return undefined;
    return {
      value: { after: { months: 0, days: 0, exact: minutes.value * 60_000, unit: 'minute' } },
      next: minutes.next,
    };
  }
  if (/^(?:ago|before|earlier|prior|old)$/.test(textAt(tokens, span.next))) {
    if (textAt(tokens, span.next) !== 'ago') return undefined;
    return negative({ ...span, next: span.next + 1 });
  }
  const hence = skipAny(tokens, span.next, [
    'hence',
    'later',
    'out',
    "' time",
    "'s time",
    'time',
    'from now',
  ]);
  const isSure = isLed || hence > span.next || textAt(tokens, at) === '+';
  return { value: { after: span.value, ...(isSure ? {} : { isBareSpan: true }) }, next: hence };
};

/** So long ago: a time that is over, to be told apart from none. */
function negative(span: Read<Span> | undefined): ReturnType<Piece> {
  if (span === undefined) return undefined;
  const { months, days, exact } = span.value;
  return {
    value: { after: { ...span.value, months: -months, days: -days, exact: -exact } },
    next: span.next,
  };
}

/** Nothing follows, or what is to be remembered: not the other end of `in 2 to 3 hours`. */
function isOver(tokens: readonly Token[], at: number): boolean {
  if (textAt(tokens, at) === 'to' && readWhole(tokens, at + 1) !== undefined) return false;
  return tokens[at] === undefined || /^(?:to|that|about|,|:)$/.test(textAt(tokens, at));
}

export const soon: Piece = (tokens, at, so) => {
  if (!isEmpty(so)) return undefined;
  for (const phrase of ['right now', 'now', 'immediately', 'asap', 'straight away']) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined)
      return { value: { after: { months: 0, days: 0, exact: 0, unit: 'second' } }, next };
  }
  // `later this afternoon` is a part of the day.
  if (/^(?:this|tonight|in)$/.test(textAt(tokens, at + 1))) return undefined;
  const later = skip(tokens, at, 'later today') ?? skip(tokens, at, 'later on') ?? skip(tokens, at, 'later');
  return later === undefined
    ? undefined
    : {
        value: { after: { months: 0, days: 0, exact: 3 * 3_600_000, unit: 'hour' }, isBareSpan: false },
        next: later,
      };
};
