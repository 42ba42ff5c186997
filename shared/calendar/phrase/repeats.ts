import { readDayPart } from './day-parts.ts';
import { readAmount, readOrdinal, readWhole, skipMinus } from './numbers.ts';
import { firstOf, type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { quarterly, type Repeat, repeatOf, weekendDays, workdays } from './repeat.ts';
import {
  readEveryDate,
  readEveryNth,
  readMonthDays,
  readMonthlyDay,
  readMonthlyNth,
  readNthWeekdays,
  readOfMonth,
} from './repeated-dates.ts';
import { readPlural, readRange, readWeekdays } from './repeated-weekdays.ts';
import type { Token } from './tokens.ts';
import { type Unit, unitNamed, weekdayNamed, weekdaysNamed } from './words.ts';

/** `every weekday`, `every other friday`, `the first monday of each month`, `on mondays and wednesdays`, `daily`. */
export const readRepeat: Reader<Repeat> = (tokens, at) => {
  const start = skipAny(tokens, at, ['on the', 'on', 'in the', 'once', 'the', 'repeat', 'repeating', 'at']);
  return (
    firstOf(readOften, readAdverb, readMonthlyNth, readMonthlyDay, readRange, readPlural)(tokens, start) ??
    readEvery(tokens, at === start || textAt(tokens, at) !== 'the' ? start : at)
  );
};

const adverbs: { readonly [word: string]: Repeat } = {
  hourly: { freq: 'HOURLY', interval: 1, isVague: true },
  daily: { freq: 'DAILY', interval: 1, isVague: true },
  everyday: { freq: 'DAILY', interval: 1 },
  nightly: { freq: 'DAILY', interval: 1, isVague: true },
  weekly: { freq: 'WEEKLY', interval: 1, isVague: true },
  biweekly: { freq: 'WEEKLY', interval: 2, isVague: true },
  fortnightly: { freq: 'WEEKLY', interval: 2, isVague: true },
  monthly: { freq: 'MONTHLY', interval: 1, isVague: true },
  bimonthly: { freq: 'MONTHLY', interval: 2, isVague: true },
  quarterly: { ...quarterly, isVague: true },
  yearly: { freq: 'YEARLY', interval: 1, isVague: true },
  semiannually: { freq: 'MONTHLY', interval: 6 },
  annually: { freq: 'YEARLY', interval: 1, isVague: true },
  weekdays: { freq: 'WEEKLY', interval: 1, byDay: workdays },
  workdays: { freq: 'WEEKLY', interval: 1, byDay: workdays },
  weekends: { freq: 'WEEKLY', interval: 1, byDay: weekendDays },
};

const readAdverb: Reader<Repeat> = (tokens, at) => {
  const word = textAt(tokens, at);
  const hyphen = skip(tokens, at, 'bi - weekly');
  if (hyphen !== undefined) return { value: { freq: 'WEEKLY', interval: 2 }, next: hyphen };
  const value = Object.hasOwn(adverbs, word) ? adverbs[word] : undefined;
  if (value === undefined) return undefined;
  if (word === 'nightly') {
    const night = readDayPart([{ kind: 'word', text: 'night', said: '', start: 0, end: 0, glued: false }], 0);
    return { value: night === undefined ? value : { ...value, part: night.value }, next: at + 1 };
  }
  if (value.byDay !== undefined || !/^(?:WEEKLY|MONTHLY|YEARLY)$/.test(value.freq))
    return { value, next: at + 1 };
  const withDay = withDays(tokens, at + 1, value);
  return withDay.next === at + 1 ? withDay : { ...withDay, value: { ...withDay.value, isVague: false } };
};

/** `twice a day`, `3 times a week`, `once a month`, `once every two weeks`. */
const readOften: Reader<Repeat> = (tokens, at) => {
  const isOnce = textAt(tokens, at) === 'once' || textAt(tokens, at - 1) === 'once';
  const once = textAt(tokens, at) === 'once' ? at + 1 : at;
  const number = readWhole(tokens, at);
  const times = number === undefined ? undefined : skip(tokens, number.next, 'times');
  const often =
    textAt(tokens, at) === 'twice' ? 2 : times !== undefined ? number?.value : isOnce ? 1 : undefined;
  const next = often === 2 && times === undefined ? at + 1 : (times ?? once);
  if (often === undefined) return undefined;
  const word = textAt(tokens, next);
  if (word !== 'a' && word !== 'an' && word !== 'per' && word !== 'every' && word !== 'each')
    return undefined;
  const unit = unitNamed(textAt(tokens, next + 1));
  if (unit === undefined) return undefined;
  const value = repeatOf(unit, 1);
  if (value === undefined) return undefined;
  if (often !== 1) return { value: { ...value, timesPerPeriod: often }, next: next + 2 };
  return /^(?:WEEKLY|MONTHLY|YEARLY)$/.test(value.freq)
    ? withDays(tokens, next + 2, value)
    : { value, next: next + 2 };
};

/** `every`, and whatever may stand behind it. */
const readEvery: Reader<Repeat> = (tokens, at) => {
  const word = textAt(tokens, at);
  const single = skip(tokens, at, 'every single') ?? skip(tokens, at, 'each and every');
  if (single === undefined && word !== 'every' && word !== 'each' && word !== 'alternate') return undefined;
  const behind = single ?? at + 1;
  const other =
    word === 'alternate' ? behind : skipAny(tokens, behind, ['other', 'alternate', 'alternating']);
  const isOther = word === 'alternate' || other > behind;
  const count = isOther ? undefined : readInterval(tokens, other);
  const interval = isOther ? 2 : (count?.value ?? 1);
  const start = count?.next ?? other;
  if (count === undefined && !isOther) {
    if (isEverySecond(tokens, start))
      return { value: { freq: 'MINUTELY', interval: 1 / 60 }, next: start + 1 };
    const special = firstOf(readEveryNth, readEveryDate)(tokens, start);
    if (special !== undefined) return special;
  }
  return readUnit(tokens, start, interval);
};

/** `every second` is too often where it is not every other one of what follows. */
function isEverySecond(tokens: readonly Token[], at: number): boolean {
  const word = textAt(tokens, at);
  const behind = tokens[at + 1];
  return (
    (word === 'second' || word === 'seconds') &&
    (behind === undefined || behind.kind === 'sign' || /^(?:to|that|about)$/.test(behind.text))
  );
}

/** The 3 of `every 3 days`, `every third day` and `every 2nd friday`. */
function readInterval(tokens: readonly Token[], at: number): Read<number> | undefined {
  for (const [phrase, value] of [
    ['couple of', 2],
    ['couple', 2],
    ['few', 3],
  ] as const) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined) return { value, next };
  }
  const ordinal = readOrdinal(tokens, at);
  const count = ordinal ?? readCount(tokens, at);
  // Whatever number it is: one that is none between two times is refused, and not taken for something else.
  if (count === undefined || (ordinal !== undefined && ordinal.value < 2)) return undefined;
  const word = textAt(tokens, count.next);
  const isUnit = unitNamed(word) !== undefined || unitWords.has(word) || /^[hmd]$/.test(word);
  const isWeekday = weekdayNamed(word) !== undefined || weekdaysNamed(word) !== undefined;
  if (ordinal !== undefined && (isUnit || isWeekday)) {
    // `every second friday of the month` counts within the month, and so does `every 15th day of the month`.
    return readOfMonth(tokens, count.next + 1) === undefined ? count : undefined;
  }
  return ordinal === undefined && (isUnit || isWeekday) ? count : undefined;
}

/** `3`, `1.5`, `half`, `-3`. */
function readCount(tokens: readonly Token[], at: number): Read<number> | undefined {
  const minus = skipMinus(tokens, at);
  const start = minus ?? at;
  const isNumber = readWhole(tokens, start) !== undefined || textAt(tokens, start) === 'half';
  const amount = isNumber ? readAmount(tokens, start) : undefined;
  return amount === undefined || minus === undefined ? amount : { ...amount, value: -amount.value };
}

const unitWords = new Set([
  'weekends',
  'weekdays',
  'fortnight',
  'weekday',
  'workday',
  'morning',
  'evening',
  'night',
  'afternoon',
  'weekend',
]);

/** `half hour`, `hour and a half`, `noon`: behind `every`. */
function readOddLength(tokens: readonly Token[], at: number): Read<Repeat> | undefined {
  for (const [phrase, interval] of [
    ['hour and a half', 90],
    ['half an hour', 30],
    ['half hour', 30],
    ['half - hour', 30],
    ['quarter of an hour', 15],
    ['quarter hour', 15],
  ] as const) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined) return { value: { freq: 'MINUTELY', interval }, next };
  }
  for (const [phrase, usual] of [
    ['noon', 720],
    ['midnight', 0],
  ] as const) {
    const next = skip(tokens, at, phrase);
    if (next === undefined) continue;
    return {
      value: { freq: 'DAILY', interval: 1, part: { name: phrase, usual, from: usual, to: usual } },
      next,
    };
  }
  return undefined;
}

function readUnit(tokens: readonly Token[], at: number, interval: number): Read<Repeat> | undefined {
  const word = textAt(tokens, at);
  const business =
    skip(tokens, at, 'business day') ??
    skip(tokens, at, 'week day') ??
    skip(tokens, at, 'working day') ??
    skip(tokens, at, 'work day');
  if (business !== undefined || word === 'weekday' || word === 'workday' || word === 'weekdays')
    return { value: { freq: 'WEEKLY', interval, byDay: workdays }, next: business ?? at + 1 };
  if (word === 'weekend' || word === 'weekends') {
    // The weekend is said for its first day when it is every so many weeks.
    return { value: { freq: 'WEEKLY', interval, byDay: weekendDays }, next: at + 1 };
  }
  if (word === 'fortnight') return { value: { freq: 'WEEKLY', interval: 2 * interval }, next: at + 1 };
  const odd = interval === 1 ? readOddLength(tokens, at) : undefined;
  if (odd !== undefined) return odd;
  const weekdays = readWeekdays(tokens, at);
  if (weekdays !== undefined)
    return { value: { freq: 'WEEKLY', interval, byDay: weekdays.value }, next: weekdays.next };
  const part = readDayPart(tokens, at);
  if (part !== undefined && textAt(tokens, at) !== 'end')
    return { value: { freq: 'DAILY', interval, part: part.value }, next: part.next };
  const unit = unitNamed(word) ?? (interval > 1 ? shortUnits.get(word) : undefined);
  if (unit === undefined) return undefined;
  // `every second` is mostly every other one of what follows; `every 30 seconds` is told that it is too often.
  const value: Repeat | undefined =
    unit === 'second' && interval !== 1
      ? { freq: 'MINUTELY', interval: interval / 60 }
      : repeatOf(unit, interval);
  if (value === undefined) return undefined;
  if (unit === 'quarter') {
    const first = skipAny(tokens, at + 1, ['on the 1 st', 'on the o1 day', 'on the o1', 'on day 1']);
    return { value, next: first };
  }
  return unit === 'week' || unit === 'month' || unit === 'year'
    ? withDays(tokens, at + 1, value)
    : { value, next: at + 1 };
}

const shortUnits: ReadonlyMap<string, Unit> = new Map([
  ['h', 'hour'],
  ['m', 'minute'],
  ['d', 'day'],
]);

/** `every month on the 15th`, `every week on monday`, `every year on jan 25`. */
function withDays(tokens: readonly Token[], at: number, value: Repeat): Read<Repeat> {
  const start = skipAny(tokens, at, ['on the', 'on', ', on', ', on the', 'the']);
  if (value.freq === 'WEEKLY') {
    const days = readWeekdays(tokens, start);
    if (days !== undefined) return { value: { ...value, byDay: days.value }, next: days.next };
    const weekend = skipAny(tokens, start, ['weekend', 'weekends']);
    if (weekend > start && start > at) return { value: { ...value, byDay: weekendDays }, next: weekend };
  }
  if (value.freq === 'MONTHLY') {
    const nth = readNthWeekdays(tokens, start);
    if (nth !== undefined) return { value: { ...value, byDay: nth.value }, next: nth.next };
    const last = skip(tokens, start, 'last day') ?? skip(tokens, at, 'at the end');
    const first = skip(tokens, at, 'at the beginning') ?? skip(tokens, at, 'at the start');
    if (first !== undefined) return { value: { ...value, byMonthDay: [1] }, next: first };
    if (last !== undefined) return { value: { ...value, byMonthDay: [-1] }, next: last };
    const days = readMonthDays(tokens, start);
    if (days !== undefined) return { value: { ...value, byMonthDay: days.value }, next: days.next };
  }
  if (value.freq === 'YEARLY') {
    const date = readEveryNth(tokens, start) ?? readEveryDate(tokens, start);
    if (date?.value.freq === 'YEARLY')
      return { value: { ...date.value, interval: value.interval }, next: date.next };
  }
  return { value, next: at };
}
