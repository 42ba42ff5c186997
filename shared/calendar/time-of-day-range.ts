import { translationsOf } from './language/languages.ts';
import type { Clock } from './phrase/clock-parts.ts';
import { readEndOfRange } from './phrase/clocks.ts';
import { skipAny } from './phrase/read.ts';
import { type Token, tokensOf } from './phrase/tokens.ts';

/** Two times of day, in minutes after midnight; where `to` is not after `from` it reaches into the next day. */
export interface TimeOfDayRange {
  readonly from: number;
  readonly to: number;
}

/** In UTF-16 units. */
const LONGEST_RANGE = 100;

/**
 * Reads `22:00-07:00`, `10pm to 7am`, `from 22 until 7`, `10 to 7am`. `undefined` when it is none, or when both times are the
 * same. A bare number is an hour of 24: nobody is quiet for minutes only.
 */
export function parseTimeOfDayRange(text: string): TimeOfDayRange | undefined {
  if (text.length > LONGEST_RANGE) return undefined;
  for (const { tokens } of translationsOf(tokensOf(text), undefined)) {
    const range = readRange(tokens);
    if (range !== undefined) return range;
  }
  return undefined;
}

function readRange(tokens: readonly Token[]): TimeOfDayRange | undefined {
  const from = readEndOfRange(tokens, skipAny(tokens, 0, ['from', 'between', 'at']));
  if (from === undefined) return undefined;
  const behind = skipAny(tokens, from.next, ['-', '\u2013', '\u2014', 'to', 'until', 'and', 'through']);
  const to = behind === from.next ? undefined : readEndOfRange(tokens, behind);
  if (to === undefined || to.next !== tokens.length) return undefined;
  const range = { from: minutesOf(from.value, to.value), to: minutesOf(to.value) };
  return range.from === range.to ? undefined : range;
}

/** `10 to 7am` begins in the evening before: the half of the day that makes the range shorter. */
function minutesOf(clock: Clock, end?: Clock): number {
  const minutes = (clock.hour % 24) * 60 + clock.minute;
  if (end === undefined || !clock.isOpen || end.isOpen) return minutes;
  const last = end.hour * 60 + end.minute;
  const length = (start: number): number => (last - start + 1440) % 1440 || 1440;
  const other = (minutes + 720) % 1440;
  return length(other) < length(minutes) ? other : minutes;
}
