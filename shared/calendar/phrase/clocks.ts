import {
  type Clock,
  clock,
  clockOf,
  halfOfDay,
  minutesApart,
  minutesBehind,
  withHalf,
} from './clock-parts.ts';
import { readWhole } from './numbers.ts';
import { firstOf, type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { type Token, UNKNOWN } from './tokens.ts';
import { monthNamed, unitNamed } from './words.ts';

/** A time that is recognisable without a word before it: `3pm`, `15:15`, `noon`, `half past 3`, `5 o'clock`. */
export const readClock: Reader<Clock> = (tokens, at) =>
  firstOf(readNamed, readUhr, readPast, readHalf, readDigits, readSpelled)(tokens, at);

/** A time behind `at`, where any number from 1 to 24 is one: `5`, `1400`, `730`, `7.30`, `five`. */
export const readClockAfterAt: Reader<Clock> = (tokens, at) => {
  const start = skipAny(tokens, at, ['about', 'around', 'approximately', 'exactly', 'roughly', '~']);
  return firstOf(readClock, readBare)(tokens, start);
};

const readNamed: Reader<Clock> = (tokens, at) => {
  const start = skipAny(tokens, at, ['12', 'the']);
  for (const word of ['noon', 'midday', 'noontime']) {
    const next = skip(tokens, start, word);
    if (next !== undefined) return { value: clock(12, 0), next };
  }
  const next = skip(tokens, start, 'midnight');
  return next === undefined ? undefined : { value: { ...clock(0, 0), isMidnight: true }, next };
};

/** `9 Uhr`, `9 Uhr 30`, `9:30 Uhr`, `9.30 Uhr`. */
const readUhr: Reader<Clock> = (tokens, at) => {
  const hour = tokens[at]?.kind === 'quoted' ? undefined : readWhole(tokens, at);
  if (hour === undefined || hour.value > 24 || !Number.isInteger(hour.value)) return undefined;
  const written = minutesBehind(tokens, hour.next, [':', '.']);
  const uhr = skip(tokens, written?.next ?? hour.next, 'uhr');
  if (uhr === undefined) return undefined;
  const behind = written === undefined ? readWhole(tokens, uhr) : undefined;
  const spoken = behind !== undefined && areMinutes(tokens, behind) ? behind : undefined;
  const value = clockOf(String(hour.value), written?.value ?? spoken?.value ?? 0, 0);
  if (value === undefined) return undefined;
  const on24 = written === undefined ? 'said' : 'written';
  return withHalf(value.isOpen ? { ...value, on24 } : value, tokens, spoken?.next ?? uhr);
};

/** The 30 of `9 Uhr 30`, but not the 5 of `9 Uhr 5 Mal`. */
function areMinutes(tokens: readonly Token[], { value, next }: Read<number>): boolean {
  const word = textAt(tokens, next);
  if (value < 1 || value > 59 || word === 'times' || unitNamed(word) !== undefined) return false;
  return value >= 10 && (value % 5 === 0 || word !== UNKNOWN);
}

const readSure: Reader<Clock> = (tokens, at) =>
  firstOf(readNamed, readUhr, readDigits, readSpelled)(tokens, at);

/** A time where `to` parts two of them: `9`, `9:30`, `noon`, but not `10 to 5`. */
export const readEndOfRange: Reader<Clock> = (tokens, at) => firstOf(readSure, readBare)(tokens, at);

/** A number that is a time by what follows it: `8 tonight`, `3 in the morning`, `eight this evening`. */
export const readClockBeforePart: Reader<Clock> = (tokens, at) => {
  const found = readBare(tokens, at);
  if (found === undefined) return undefined;
  const start = skipAny(tokens, found.next, ['in the', 'this', 'tomorrow', 'at']);
  const word = textAt(tokens, start);
  const isPart = start > found.next ? /^(?:morning|afternoon|evening|night)$/.test(word) : word === 'tonight';
  return isPart ? found : undefined;
};

/** Where a time ends that was said with its beginning, `3-4pm`, `from 9:30 to 11`: the beginning counts. */
export const readClockRange: Reader<Clock> = (tokens, at) => {
  const start = skipAny(tokens, at, ['from about', 'from', 'in between', 'between', 'around', 'at']);
  const first = readPast(tokens, start) === undefined ? readEndOfRange(tokens, start) : undefined;
  if (first === undefined) return undefined;
  const to = skipAny(tokens, first.next, ['-', '\u2013', 'to', 'until', 'through', 'thru', 'and']);
  if (to === first.next || (textAt(tokens, to - 1) === 'and' && !/between$/.test(textAt(tokens, start - 1))))
    return undefined;
  const isSure = readSure(tokens, start) !== undefined;
  const last = readSure(tokens, to) ?? (isSure || start > at ? readBare(tokens, to) : undefined);
  // `from 13 to 15 july` are days.
  const behind = skipAny(tokens, last?.next ?? to, ['of', 'th of', 'th']);
  if (last === undefined || monthNamed(textAt(tokens, behind)) !== undefined) return undefined;
  const { value } = first;
  const isLate =
    value.isOpen &&
    value.on24 === undefined &&
    !last.value.isOpen &&
    last.value.hour > 12 &&
    value.hour + 12 <= last.value.hour;
  const isEarly = value.isOpen && !last.value.isOpen && !isLate && value.hour !== 12;
  return {
    value: isLate
      ? { ...value, hour: value.hour + 12, isOpen: false }
      : isEarly
        ? { ...value, isOpen: false }
        : value,
    next: last.next,
  };
};

/** `half past 3`, `quarter to noon`, `20 past 3pm`, `ten minutes to five`. */
const readPast: Reader<Clock> = (tokens, at) => {
  const start = skipAny(tokens, at, ['a']);
  const first = textAt(tokens, start);
  const named = first === 'quarter' ? 15 : first === 'half' ? 30 : undefined;
  const amount = named === undefined ? readWhole(tokens, start) : { value: named, next: start + 1 };
  if (amount === undefined || amount.value < 1 || amount.value > 59) return undefined;
  const word = skipAny(tokens, amount.next, ['minutes', 'minute', 'mins', 'min']);
  const direction = directions.get(textAt(tokens, word));
  if (direction === undefined) return undefined;
  // `3 to 4` is from three to four; `20 to 4` is a quarter of an hour after 3:25.
  const isTold =
    named !== undefined || word > amount.next || tokens[start]?.kind === 'word' || amount.value % 5 === 0;
  if (!isTold) return undefined;
  const base = firstOf(readNamed, readUhr, readHalfTo, readDigits, readSpelled, readBare)(tokens, word + 1);
  const isDay = tokens[word + 1]?.kind === 'number' && Number(textAt(tokens, word + 1)) > 12;
  const isHalf = textAt(tokens, word + 1) === 'half';
  if (base === undefined || (base.value.minute !== 0 && !isHalf) || isDay) return undefined;
  const minutes = (base.value.hour * 60 + base.value.minute + direction * amount.value + 1440) % 1440;
  const hour = Math.floor(minutes / 60);
  return {
    value: {
      hour: base.value.isOpen && hour === 0 ? 12 : hour,
      minute: minutes % 60,
      second: 0,
      isOpen: base.value.isOpen,
    },
    next: skip(tokens, base.next, 'uhr') ?? base.next,
  };
};

/** The half before an hour, of `five to half to nine`: 8:25. */
const readHalfTo: Reader<Clock> = (tokens, at) =>
  skip(tokens, at, 'half to') === undefined ? undefined : readPast(tokens, at);

const directions: ReadonlyMap<string, 1 | -1> = new Map([
  ['past', 1],
  ['after', 1],
  ['to', -1],
  ['before', -1],
  ['till', -1],
  ['of', -1],
]);

/** `half three`: half past three. */
const readHalf: Reader<Clock> = (tokens, at) => {
  const next = skip(tokens, at, 'half');
  const hour = next === undefined ? undefined : readWhole(tokens, next);
  if (hour === undefined || hour.value < 1 || hour.value > 12) return undefined;
  // Half an hour's worth of something else: `half 2 bottles`.
  return half(tokens, hour.next)
    ? withHalf({ hour: hour.value, minute: 30, second: 0, isOpen: true }, tokens, hour.next)
    : undefined;
};

function half(tokens: readonly Token[], at: number): boolean {
  return tokens[at] === undefined || tokens[at].kind === 'sign' || halfOfDay(tokens, at) !== undefined;
}

/** `3pm`, `7:12 pm`, `15:15`, `15:23:24`, `330 p.m.`, `14h30`, `5 o'clock`, `1400 hours`. */
const readDigits: Reader<Clock> = (tokens, at) => {
  const token = tokens[at];
  if (token?.kind !== 'number' || token.text.length > 4) return undefined;
  const minute = minutesBehind(tokens, at + 1, [':']);
  const dotted = minutesBehind(tokens, at + 1, ['.']);
  const french = minutesBehind(tokens, at + 1, ['h']);
  // 15h30 is a time, 2h30m a length of time.
  if (french !== undefined && !/^(?:m|min|mins|minutes)$/.test(textAt(tokens, french.next))) {
    const value = clockOf(token.text, french.value, 0);
    return value === undefined
      ? undefined
      : { value: { ...value, isOpen: value.isOpen && Number(token.text) > 12 }, next: french.next };
  }
  if (minute !== undefined) {
    const second = minutesBehind(tokens, minute.next, [':']);
    const value = clockOf(token.text, minute.value, second?.value ?? 0);
    const on24 =
      value?.isOpen === true && tokens[at + 1]?.mark === 'on-24' ? { on24: 'written' as const } : {};
    return value === undefined
      ? undefined
      : withHalf(
          { ...value, ...on24 },
          tokens,
          skip(tokens, second?.next ?? minute.next, 'h') ?? second?.next ?? minute.next,
        );
  }
  if (dotted !== undefined && halfOfDay(tokens, dotted.next) !== undefined) {
    const value = clockOf(token.text, dotted.value, 0);
    return value === undefined ? undefined : withHalf(value, tokens, dotted.next);
  }
  // `15h`: nobody waits so long who could say a number of hours below twelve.
  const isHour = token.text.length === 2 && Number(token.text) > 12 && Number(token.text) < 24;
  const h = isHour ? skip(tokens, at + 1, 'h') : undefined;
  if (h !== undefined && tokens[h]?.kind !== 'number')
    return { value: { hour: Number(token.text), minute: 0, second: 0, isOpen: false }, next: h };
  const next = skipAny(tokens, at + 1, ["o'clock", 'oclock', "o ' clock", 'o clock', 'ish']);
  const hours = skip(tokens, at + 1, 'hours');
  if (token.text.length >= 3) {
    const value = clockOf(token.text.slice(0, -2), Number(token.text.slice(-2)), 0);
    if (value === undefined) return undefined;
    if (hours !== undefined && token.text.length === 4)
      return { value: { ...value, isOpen: false }, next: hours };
    return halfOfDay(tokens, next) === undefined ? undefined : withHalf(value, tokens, next);
  }
  if (next === at + 1 && halfOfDay(tokens, next) === undefined) return undefined;
  const value = clockOf(token.text, 0, 0);
  return value === undefined ? undefined : withHalf(value, tokens, next);
};

/** `five pm`, `ten thirty am`, `seven o'clock`, `five thirty p.m.` */
const readSpelled: Reader<Clock> = (tokens, at) => {
  const value = spelled(tokens, at);
  if (value === undefined) return undefined;
  const next = skipAny(tokens, value.next, ["o'clock", 'oclock', "o ' clock", 'o clock', 'ish']);
  if (next === value.next && halfOfDay(tokens, next) === undefined) return undefined;
  return withHalf(value.value, tokens, next);
};

function spelled(tokens: readonly Token[], at: number): Read<Clock> | undefined {
  if (tokens[at]?.kind !== 'word') return undefined;
  const hour = readWhole(tokens, at);
  if (hour === undefined || hour.value < 1 || hour.value > 12) return undefined;
  const oh = skipAny(tokens, hour.next, [
    '- oh -',
    '- o -',
    '- n0 -',
    'oh',
    'o',
    'ou',
    'n0',
    '- oh',
    '- o',
    '- n0',
    '-',
  ]);
  const minute = tokens[oh]?.kind === 'word' ? readWhole(tokens, oh) : undefined;
  const fits = minute !== undefined && minute.value < 60 && (minute.value >= 10 || oh > hour.next);
  return {
    value: { hour: hour.value, minute: fits ? minute.value : 0, second: 0, isOpen: true },
    next: fits ? minute.next : hour.next,
  };
}

const readBare: Reader<Clock> = (tokens, at) => {
  const token = tokens[at];
  const words = spelled(tokens, at);
  if (words !== undefined) return withHalf(words.value, tokens, words.next);
  if (token?.kind !== 'number' || token.text.length > 4) return undefined;
  const dotted = minutesBehind(tokens, at + 1, ['.', 'h']);
  const apart = minutesApart(tokens, at + 1);
  const long = token.text.length >= 3;
  const value = long
    ? clockOf(token.text.slice(0, -2), Number(token.text.slice(-2)), 0)
    : clockOf(token.text, dotted?.value ?? apart?.value ?? 0, 0);
  const next = long ? at + 1 : (dotted?.next ?? apart?.next ?? at + 1);
  const plain = next === at + 1 && tokens[next]?.text === 'h' ? next + 1 : next;
  return value === undefined ? undefined : withHalf(value, tokens, plain);
};
