import { type Read, skipAny, textAt } from './read.ts';
import type { Token } from './tokens.ts';

/** A time of day as somebody says it. */
export interface Clock {
  /** 0 to 23; where `isOpen`, 1 to 12 with no word about which half of the day. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Morning or afternoon was not said. */
  readonly isOpen: boolean;
  /** `midnight`: of a day that has begun, the one to come. */
  readonly isMidnight?: boolean;
  /** By a clock of 24 hours: in digits (`5:30`), or in words (`5 Uhr`), which say the afternoon, too. */
  readonly on24?: 'written' | 'said';
}

/** `:30`, glued. */
export function minutesBehind(
  tokens: readonly Token[],
  at: number,
  separators: readonly string[],
): Read<number> | undefined {
  const sign = tokens[at];
  const digits = tokens[at + 1];
  if (sign === undefined || digits === undefined || !sign.glued || !digits.glued) return undefined;
  if (!separators.includes(sign.text) || digits.kind !== 'number' || digits.text.length !== 2)
    return undefined;
  return Number(digits.text) < 60 ? { value: Number(digits.text), next: at + 2 } : undefined;
}

/** The 15 of `at 3 15`. */
export function minutesApart(tokens: readonly Token[], at: number): Read<number> | undefined {
  const token = tokens[at];
  return token?.kind === 'number' && token.text.length === 2 && Number(token.text) < 60
    ? { value: Number(token.text), next: at + 1 }
    : undefined;
}

/** An hour with a zero in front, or beyond twelve, leaves no question which half of the day it is. */
export function clockOf(hourText: string, minute: number, second: number): Clock | undefined {
  const hour = Number(hourText);
  if (hourText.length > 2 || hour > 24 || minute > 59 || second > 59) return undefined;
  if (hour === 24) return minute === 0 ? { ...clock(0, 0), isMidnight: true } : undefined;
  const isOpen = hour >= 1 && hour <= 12 && !hourText.startsWith('0');
  return { hour, minute, second, isOpen };
}

export function clock(hour: number, minute: number): Clock {
  return { hour, minute, second: 0, isOpen: false };
}

/** Takes a.m. or p.m. behind a time into it. */
export function withHalf(value: Clock, tokens: readonly Token[], at: number): Read<Clock> | undefined {
  const start = skipAny(tokens, at, ['ish']);
  const found = halfOfDay(tokens, start);
  if (found === undefined) {
    const approximately = skipAny(tokens, start, ['sharp', 'approximately', 'on the dot', 'exactly']);
    return { value, next: approximately };
  }
  const next = skipAny(tokens, found.next, ['sharp', 'approximately', 'on the dot', 'exactly', 'ish']);
  if (value.hour > 12 || (value.hour === 0 && !value.isOpen))
    // 15:00 pm says nothing new; 15:00 am and 0:30 pm are no times.
    return value.hour > 12 === (found.value === 12) ? { value, next } : undefined;
  return { value: { ...value, hour: (value.hour % 12) + found.value, isOpen: false }, next };
}

/** 0 for a.m., 12 for p.m. */
export function halfOfDay(tokens: readonly Token[], at: number): Read<0 | 12> | undefined {
  const start = skipAny(tokens, at, ['in the']);
  const word = textAt(tokens, start);
  const value = word.startsWith('a') ? 0 : 12;
  if (word === 'am' || word === 'pm') {
    return { value, next: start + 1 };
  }
  if (start !== at || (word !== 'a' && word !== 'p')) return undefined;
  const dot = textAt(tokens, start + 1) === '.' && tokens[start + 1]?.glued === true ? 1 : 0;
  const isM = textAt(tokens, start + 1 + dot) === 'm';
  if (isM) {
    const last = start + 2 + dot;
    return { value, next: dot === 1 && textAt(tokens, last) === '.' ? last + 1 : last };
  }
  // `9a`, but not `9 a day`.
  const isEnd = dot === 1 && tokens[start + 2] === undefined;
  return tokens[start]?.glued === true ? { value, next: isEnd ? start + 2 : start + 1 } : undefined;
}
