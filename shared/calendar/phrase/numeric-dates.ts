import { daysInMonth } from '../local-time.ts';
import { type Reader, skipAny, textAt } from './read.ts';
import type { Token } from './tokens.ts';

/** A date of the calendar, with its year where it was said. */
export interface CalendarDate {
  readonly year?: number | undefined;
  readonly month: number;
  readonly day: number;
  /** `of next year`. */
  readonly yearsAhead?: number;
  /** `5/6`, from somebody of whom nobody knows which they write first: the other date that it may be. */
  readonly orElse?: { readonly month: number; readonly day: number };
}

/** `2026-12-10`, `2026/12/10`. */
export const readYearFirst: Reader<CalendarDate> = (tokens, at) => {
  const sign = textAt(tokens, at + 1);
  if (sign !== '-' && sign !== '/' && sign !== '.') return undefined;
  const parts = threeNumbers(tokens, at, sign);
  if (parts === undefined || parts[0].length !== 4) return undefined;
  const value = { year: Number(parts[0]), month: Number(parts[1]), day: Number(parts[2]) };
  return value.month >= 1 && value.month <= 12 && value.day >= 1 && value.day <= 31
    ? { value, next: at + 5 }
    : undefined;
};

/** Between dots the day is first, between slashes and dashes as the person writes; unless only the other way is a date. */
export const readNumeric: Reader<CalendarDate> = (tokens, at) => {
  const first = tokens[at];
  const sign = tokens[at + 1];
  const second = tokens[at + 2];
  if (first?.kind !== 'number' || second?.kind !== 'number' || sign === undefined) return undefined;
  if (!/^[/.-]$/.test(sign.text) || first.text.length > 2 || second.text.length > 2) return undefined;
  const third = threeNumbers(tokens, at, sign.text)?.[2];
  if (third === undefined) {
    const dot = textAt(tokens, at + 3) === '.' && tokens[at + 3]?.glued === true;
    // 7.30 is a time, 5-6 a range and 1/2 an amount: only slashes make a date of two numbers.
    const isLed = textAt(tokens, at - 1) === 'the' && sign.glued;
    if (sign.text === '-' || (sign.text === '.' && !dot && !isLed)) return undefined;
    if (/^(?:h|hour|hours|hr|hrs|min|minutes|of)$/.test(textAt(tokens, at + 3))) return undefined;
    const value = ordered(Number(first.text), Number(second.text), sign, undefined);
    return value === undefined ? undefined : { value, next: at + (dot && sign.text === '.' ? 4 : 3) };
  }
  const isGlued = sign.glued && (second.glued || sign.text === '.');
  if (!isGlued || (third.length !== 2 && third.length !== 4)) return undefined;
  const year = third.length === 2 ? centuryOf(Number(third)) : Number(third);
  const value = ordered(Number(first.text), Number(second.text), sign, year);
  return value === undefined ? undefined : { value, next: at + 5 };
};

/** Two digits mean this century, but for those who write dates of the last. */
function centuryOf(year: number): number {
  return year >= 70 ? 1900 + year : 2000 + year;
}

function ordered(a: number, b: number, sign: Token, year: number | undefined): CalendarDate | undefined {
  const monthFirst = { year, month: a, day: b };
  const dayFirst = { year, month: b, day: a };
  const isDayFirst = sign.text === '.' || sign.mark === 'day-first';
  const [date, other] = (isDayFirst ? [dayFirst, monthFirst] : [monthFirst, dayFirst]).filter(isDate);
  const isOpen = sign.text !== '.' && sign.mark === undefined && a !== b && other !== undefined;
  return date === undefined || !isOpen ? date : { ...date, orElse: { month: other.month, day: other.day } };
}

function threeNumbers(
  tokens: readonly Token[],
  at: number,
  sign: string,
): readonly [string, string, string] | undefined {
  const [a, s1, b, s2, c] = tokens.slice(at, at + 5);
  if (a?.kind !== 'number' || b?.kind !== 'number' || c?.kind !== 'number') return undefined;
  if (s1?.text !== sign || s2?.text !== sign || !s2.glued) return undefined;
  // `20. 10. 2026` is a date, `20. 10. 2030 Uhr` has a time.
  const isYear = sign === '.' && /^(?:19|20|21)\d\d$/.test(c.text) && textAt(tokens, at + 5) !== 'uhr';
  if (!c.glued && !isYear) return undefined;
  return [a.text, b.text, c.text];
}

/** `09/2027`, `2027-09`. */
export const readNumericMonth: Reader<{ readonly month: number; readonly year: number }> = (tokens, at) => {
  const [first, sign, second, behind] = tokens.slice(at, at + 4);
  if (first?.kind !== 'number' || second?.kind !== 'number' || !sign?.glued || !second.glued)
    return undefined;
  if (!/^[/-]$/.test(sign.text) || (behind?.glued === true && /^[/:-]$/.test(behind.text))) return undefined;
  const [year, month] = first.text.length === 4 ? [first, second] : [second, first];
  if (year.text.length !== 4 || month.text.length > 2 || (sign.text === '-' && year === second))
    return undefined;
  const value = { month: Number(month.text), year: Number(year.text) };
  const isMonth = value.month >= 1 && value.month <= 12 && value.year >= 1900;
  return isMonth ? { value, next: at + 3 } : undefined;
};

/** The end of a span of dates, whose beginning counts: `14. - 15.10.`, `14.10. to 15.10.2027`. */
export const readNumericRange: Reader<CalendarDate> = (tokens, at) => {
  const start = skipAny(tokens, at, ['from the', 'from']);
  const first = readNumeric(tokens, start);
  const to = rangeFrom(tokens, first?.next ?? dayFrom(tokens, start));
  const last = to === undefined ? undefined : readNumeric(tokens, to);
  if (last === undefined || (first === undefined && textAt(tokens, (to ?? 0) + 1) !== '.')) return undefined;
  const date = first?.value ?? { ...last.value, day: Number(textAt(tokens, start)) };
  return isDate(date)
    ? { value: { ...date, year: date.year ?? last.value.year }, next: last.next }
    : undefined;
};

/** Behind the 14 of `14. - 15.10.`; a place where nothing stands when there is none. */
function dayFrom(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (token?.kind !== 'number' || token.text.length > 2) return tokens.length;
  return skipAny(tokens, at + 1, ['th', '.']);
}

function rangeFrom(tokens: readonly Token[], at: number): number | undefined {
  const next = skipAny(tokens, at, ['-', '\u2013', '/', 'to the', 'to', 'until the', 'until']);
  return next === at ? undefined : next;
}

/** Whether some year has such a date: which one is asked for is known later. */
function isDate({ month, day }: CalendarDate): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(2000, month);
}
