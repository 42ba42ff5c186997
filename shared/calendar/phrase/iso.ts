import { dayOf, exists, weekdayOf } from '../local-time.ts';
import { zoneOfOffset } from '../offsets.ts';
import type { Clock } from './clock-parts.ts';
import type { Piece, When } from './piece.ts';
import { type Read, skipAny } from './read.ts';
import { type SaidDay, said } from './said-day.ts';
import type { Token } from './tokens.ts';

/** Times as ISO 8601 writes them, extended and compact, with and without an offset: `2027-03-05T14:00:30.5+01:00`. */
export const iso: Piece = (tokens, at, so) => {
  if (so.day !== undefined || so.clocks !== undefined || so.after !== undefined || so.repeat !== undefined)
    return undefined;
  const start = skipAny(tokens, at, ['at the', 'at', 'on the', 'on', 'by', '@']);
  const date = readIsoDate(tokens, start);
  if (date === undefined) return undefined;
  const day = { day: date.value };
  const isT = tokens[date.next]?.said === 't' && tokens[date.next]?.glued === true;
  const clock = isT ? readIsoClock(tokens, date.next + 1) : undefined;
  if (clock === undefined) return { value: day, next: date.next };
  const zone = readOffset(tokens, clock.next);
  const value: When = { ...day, clocks: [clock.value] };
  return zone === undefined
    ? { value, next: clock.next }
    : { value: { ...value, zone: zone.value }, next: zone.next };
};

function digitsAt(tokens: readonly Token[], at: number, length: number, isGlued = true): string | undefined {
  const token = tokens[at];
  return token?.kind === 'number' && token.text.length === length && (token.glued || !isGlued)
    ? token.text
    : undefined;
}

function isSign(tokens: readonly Token[], at: number, sign: string): boolean {
  return tokens[at]?.glued === true && tokens[at]?.said === sign;
}

/** `2027-03-05`, `20270305`, `2027-064`, `2027-W09-5`, `2027W095`. */
function readIsoDate(tokens: readonly Token[], at: number): Read<SaidDay> | undefined {
  const compact = digitsAt(tokens, at, 8, false);
  if (compact !== undefined)
    return dated(Number(compact.slice(0, 4)), Number(compact.slice(4, 6)), Number(compact.slice(6)), at + 1);
  const year = digitsAt(tokens, at, 4, false);
  if (year === undefined) return undefined;
  const hyphen = isSign(tokens, at + 1, '-') ? 1 : 0;
  if (isSign(tokens, at + 1 + hyphen, 'w')) return readWeekDate(tokens, at + 2 + hyphen, Number(year));
  if (hyphen === 0) return undefined;
  const ofYear = digitsAt(tokens, at + 2, 3);
  if (ofYear !== undefined) {
    const day = dayOf({ year: Number(year), month: 1, day: Number(ofYear) });
    return Number(ofYear) >= 1 && Number(ofYear) <= 366
      ? { value: said(() => day), next: at + 3 }
      : undefined;
  }
  const month = digitsAt(tokens, at + 2, 2);
  const day = isSign(tokens, at + 3, '-') ? digitsAt(tokens, at + 4, 2) : undefined;
  return month === undefined || day === undefined
    ? undefined
    : dated(Number(year), Number(month), Number(day), at + 5);
}

function dated(year: number, month: number, day: number, next: number): Read<SaidDay> | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1900) return undefined;
  const date = { year, month, day };
  return { value: said(() => (exists(date) ? dayOf(date) : undefined)), next };
}

/** The week is counted from the one with the first Thursday of the year. */
function readWeekDate(tokens: readonly Token[], at: number, year: number): Read<SaidDay> | undefined {
  const compact = digitsAt(tokens, at, 3);
  const week = Number(compact?.slice(0, 2) ?? digitsAt(tokens, at, 2) ?? 0);
  const weekday = isSign(tokens, at + 1, '-') ? digitsAt(tokens, at + 2, 1) : undefined;
  const day = Number(compact?.slice(2) ?? weekday ?? 1);
  if (week < 1 || week > 53 || day < 1 || day > 7) return undefined;
  const fourth = dayOf({ year, month: 1, day: 4 });
  const on = fourth - weekdayOf(fourth) + 7 * (week - 1) + day - 1;
  return { value: said(() => on), next: compact === undefined && weekday !== undefined ? at + 3 : at + 1 };
}

/** `14:00`, `14:00:30.5`, `1400`, `140030`, `14`. */
function readIsoClock(tokens: readonly Token[], at: number): Read<Clock> | undefined {
  const token = tokens[at];
  if (token?.kind !== 'number' || !token.glued) return undefined;
  const parts = token.text.length % 2 === 0 ? (token.text.match(/../g) ?? []).map(Number) : [];
  let next = at + 1;
  while (parts.length < 3 && isSign(tokens, next, ':') && digitsAt(tokens, next + 1, 2) !== undefined) {
    parts.push(Number(digitsAt(tokens, next + 1, 2)));
    next += 2;
  }
  const [hour = 24, minute = 0, second = 0] = parts;
  if (parts.length > 3 || hour > 23 || minute > 59 || second > 59) return undefined;
  const isFraction = /^[.,]$/.test(tokens[next]?.said ?? '') && tokens[next + 1]?.kind === 'number';
  if (isFraction && tokens[next + 1]?.glued === true) next += 2;
  return { value: { hour, minute, second, isOpen: false }, next };
}

/** `Z`, `+01:00`, `-0530`, `+02`, right behind a time. */
export function readOffset(tokens: readonly Token[], at: number): Read<string> | undefined {
  if (isSign(tokens, at, 'z')) return { value: 'UTC', next: at + 1 };
  const sign = tokens[at];
  const digits = tokens[at + 1];
  if (sign?.glued !== true || !/^[+\u2212-]$/.test(sign.said)) return undefined;
  if (digits?.kind !== 'number' || !digits.glued) return undefined;
  return readDistance(tokens, at);
}

/** `+1`, `-05:30`, `+0530`: the sign stands at the index. */
export function readDistance(tokens: readonly Token[], at: number): Read<string> | undefined {
  const digits = tokens[at + 1];
  if (digits?.kind !== 'number' || digits.text.length > 4) return undefined;
  const minutes = isSign(tokens, at + 2, ':') ? digitsAt(tokens, at + 3, 2) : undefined;
  const zone = zoneOfOffset(`${tokens[at]?.said}${digits.text}${minutes === undefined ? '' : `:${minutes}`}`);
  return zone === undefined ? undefined : { value: zone, next: minutes === undefined ? at + 2 : at + 4 };
}
