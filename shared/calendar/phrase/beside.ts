import { skipMinus } from './numbers.ts';
import type { When } from './piece.ts';
import { skipAny, textAt } from './read.ts';
import { skipLinks } from './request-words.ts';
import { readSpan } from './spans.ts';
import type { Token } from './tokens.ts';
import { readWhen } from './when.ts';
import { unitNamed } from './words.ts';

/** A time behind one of these is about something else. */
const belongsTo =
  /^(?:the|a|an|my|our|his|her|your|their|its|for|about|of|from|since|until|than|with|due|regarding|before|after|every|last|to|as|is|was|are|were|be)$/;

/** Words that lead a time. */
const led = /^(?:at|on|in|by|every|each|tomorrow|today|tonight|this|next|@|until|from)$/;

/** The 5 minutes of `-5 minutes`, `1/5 minutes` and `every 5 minutes`: they say less than the whole, and something else. */
export function isPartOfMore(tokens: readonly Token[], at: number, { after }: When): boolean {
  if (tokens[at]?.kind !== 'number') return false;
  if (isBehindSign(tokens, at)) return true;
  if (after === undefined) return false;
  if (/^(?:every|each|minus|negative)$/.test(textAt(tokens, at - 1))) return true;
  if (skipMinus(tokens, at - 1) === at && tokens[at - 1]?.glued === false) return true;
  const isJoined = tokens[at]?.glued === true && tokens[at - 1]?.glued === true;
  const before = tokens[at - (textAt(tokens, at - 2) === 'e' ? 3 : 2)];
  return isJoined && before?.kind === 'number';
}

/** The 5 of `in - 5 minutes`, `in ~5 minutes` and `at -5:00`. */
function isBehindSign(tokens: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (/^[-+~<>=\u00b1\u2212\u2013]$/.test(textAt(tokens, before))) before -= 1;
  return before < at - 1 && /^(?:in|at|after|within|every|each)$/.test(textAt(tokens, before));
}

/** In the middle of a text, only what cannot be an adjective: `the friday meeting`, `daily report`. */
export function isLoose(tokens: readonly Token[], at: number, when: When): boolean {
  return !led.test(textAt(tokens, at)) || isVague(when);
}

export function isWeakAt(tokens: readonly Token[], at: number, when: When, start: number): boolean {
  if (isVague(when)) return true;
  return at > start &&
    belongsTo.test(textAt(tokens, at - 1)) &&
    !/^(?:is|was|are|were|be|due)$/.test(textAt(tokens, at - 1))
    ? !/^(?:at|in|on|every|tomorrow|today|tonight)$/.test(textAt(tokens, at)) ||
        /^(?:for|of|from|about|before|after|until|since)$/.test(textAt(tokens, at - 1))
    : false;
}

/** Words that are more than a time. */
export function isVague(when: When): boolean {
  if (when.isBareSpan === true) return true;
  const says = Object.keys(when).length;
  return (when.day?.isVague === true || when.repeat?.isVague === true) && says === 1;
}

/** So many tokens a time has at most that is looked for beside another. */
const LOOKED_BESIDE = 6;

/** Words that go on, or begin, with a time. */
const goesOn = /^(?:until|through|except|starting|later|every|each|ago|am|pm|between)$/;

/** Whether a time stands right behind one that was read: `on friday | every other year`, `tomorrow | or friday`, `7 | ,30`. */
export function isTimeBehind(tokens: readonly Token[], at: number): boolean {
  if (goesOn.test(textAt(tokens, at))) return true;
  const isDecimal = textAt(tokens, at) === ',' && tokens[at]?.glued && tokens[at + 1]?.glued;
  if (isDecimal && tokens[at + 1]?.kind === 'number') return true;
  if (isJoined(tokens, at)) return true;
  const read = readWhen(tokens.slice(0, at + LOOKED_BESIDE), at, { isAlone: false });
  return read !== undefined && !isVague(read.value);
}

/** A further time, or another one in its place: `and in the evening`, `or friday`, `but not at 9`. */
function isJoined(tokens: readonly Token[], at: number): boolean {
  const start = skipAny(tokens, at, [',']);
  const next = skipAny(tokens, start, ['but not', 'but', 'not', 'and', 'or']);
  if (next === start) return false;
  const read = readWhen(tokens.slice(0, next + LOOKED_BESIDE), next, { isAlone: false });
  if (read !== undefined) return read.value.isBareSpan !== true;
  // A word that is a time only where a time is expected: the evening of `every morning and evening`, the 15th of `1st and 15th`.
  const isPart = /^(?:morning|afternoon|evening|night)s?$/.test(textAt(tokens, next));
  return isPart || (tokens[next]?.kind === 'number' && /^(?:th|st|nd|rd|\.)$/.test(textAt(tokens, next + 1)));
}

/** Whether what is left begins with how long before or after something: `an hour before the meeting`. */
export function isDistance(tokens: readonly Token[], start: number): boolean {
  const span = readSpan(tokens, start);
  const next = span?.next ?? skipAny(tokens, start, ['the day', 'the week', 'the hour']);
  return next > start && /^(?:before|after|prior|earlier)$/.test(textAt(tokens, next));
}

/** Whether a time stands right before one that was read: `on the 1st | every hour`. */
export function isTimeBefore(tokens: readonly Token[], start: number, at: number): boolean {
  if (at > start && goesOn.test(textAt(tokens, at - 1))) return true;
  // `two weeks long every day`.
  if (textAt(tokens, at - 1) === 'long' && unitNamed(textAt(tokens, at - 2)) !== undefined) return true;
  const until = tokens.slice(0, at);
  for (let from = Math.max(start, at - LOOKED_BESIDE); from < at; from += 1) {
    if (!led.test(textAt(tokens, from))) continue;
    const read = readWhen(until, from, { isAlone: false });
    const isBeside = read?.next === at && !isVague(read.value) && !isPartOfMore(tokens, from, read.value);
    if (isBeside && !isWeakAt(tokens, from, read.value, start)) return true;
  }
  return false;
}

/** Whether where in a day a time lies stands apart from it: `friday | early to call`, `early | on friday to call`. */
export function isEarlyOrLate(
  tokens: readonly Token[],
  { when, at, next }: { readonly when: When; readonly at: number; readonly next: number },
  start: number,
): boolean {
  const isEarly = (index: number) => /^(?:early|late)$/.test(textAt(tokens, index));
  if (when.day === undefined || when.clocks !== undefined) return false;
  return (at === start + 1 && isEarly(start)) || (isEarly(next) && skipLinks(tokens, next + 1) > next + 1);
}
