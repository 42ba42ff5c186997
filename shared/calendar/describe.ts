import type { Unit } from '../locale/en/recurrence.ts';
import { localeFor, type Words, wordsFor } from '../locale/words.ts';
import { parseWall, timeOfWall, toWall } from './local-time.ts';
import { partsOf, type Recurrence, untilOf } from './recurrence.ts';
import { formatLocal, formatLocalDay } from './words.ts';

const units: { readonly [freq: string]: Unit } = {
  SECONDLY: 'second',
  MINUTELY: 'minute',
  HOURLY: 'hour',
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
};
const dayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * A recurrence in the language of the locale: `every weekday at 8:50 AM`, `every other week on Friday at 9:00 AM`, `on the
 * first Monday of every month at 9:00 AM until Saturday, June 19, 2027`. Throws `RangeError` for a rule that cannot be read.
 */
export function describeRecurrence(rule: Recurrence, locale = 'en'): string {
  const parts = partsOf(rule.rrule);
  const said = { rule, parts, locale: localeFor(locale), words: wordsFor(locale).recurrence };
  const freq = parts.get('FREQ') ?? '';
  const isPassing = freq === 'HOURLY' || freq === 'MINUTELY' || freq === 'SECONDLY';
  const times = timesOf(rule, parts);
  const often = times.length > 4 ? windowOf(times, said) : undefined;
  const clocks = () => said.words.and(times.map((time) => clockOf(time, said)));
  const when = isPassing ? `${every(said)}${onDays(said)}` : (often ?? said.words.at(daysOf(said), clocks()));
  return `${when}${endOf(said)}`;
}

type Parts = ReadonlyMap<string, string>;

/** What is described, and how. */
interface Said {
  readonly rule: Recurrence;
  readonly parts: Parts;
  readonly locale: string;
  readonly words: Words['recurrence'];
}

function unitOf({ parts }: Said): { readonly unit: Unit; readonly interval: number } {
  const unit = units[parts.get('FREQ') ?? ''];
  if (unit === undefined) throw new RangeError(`FREQ is "${parts.get('FREQ')}" and must be one of RFC 5545`);
  return { unit, interval: Number(parts.get('INTERVAL') ?? 1) };
}

function every(said: Said): string {
  const { unit, interval } = unitOf(said);
  return said.words.every(unit, interval);
}

function daysOf(said: Said): string {
  const { parts, words } = said;
  const freq = parts.get('FREQ');
  const codes = listOf(parts, 'BYDAY');
  const isWeekday = codes.join() === 'MO,TU,WE,TH,FR';
  if (freq === 'WEEKLY' || freq === 'DAILY') {
    if (codes.length === 0) return every(said);
    const names = words.and(codes.map((code) => nameOf(code, said)));
    if (unitOf(said).interval === 1) return isWeekday ? words.everyWeekday : words.everyDays(names);
    return `${every(said)}${isWeekday ? words.onWeekdays : words.on(names)}`;
  }
  const place = parts.get('BYSETPOS');
  const { unit, interval } = unitOf(said);
  const ofEvery = words.ofEvery(unit, interval);
  if (isWeekday && (place === '-1' || place === '1'))
    return words.onThe(`${words.weekday(place === '1' ? 'first' : 'last')}${ofEvery}`);
  if (codes.length > 0) {
    const months = monthsOf(said);
    const of = freq === 'YEARLY' && months.length > 0 ? words.ofMonths(words.and(months)) : ofEvery;
    return words.onThe(`${words.and(codes.map((code) => nthOf(code, said)))}${of}`);
  }
  return freq === 'YEARLY' ? dateOfYear(said) : daysOfMonth(said, ofEvery);
}

function dateOfYear(said: Said): string {
  const { parts, words, rule } = said;
  const { shown, isClamped } = shownDays(parts);
  const months = monthsOf(said);
  const date =
    months.length === 0
      ? rule.dtstart.slice(5, 10)
      : words.and(months.map((month) => words.date(month, shown)));
  const isLeapDay = shown.includes(29) && listOf(parts, 'BYMONTH').includes('2');
  const note = isClamped ? words.orTheLastDay : isLeapDay ? words.inLeapYears : '';
  return `${words.onDate(every(said), date)}${note}`;
}

function daysOfMonth({ parts, words, rule }: Said, ofEvery: string): string {
  const { shown, isClamped } = shownDays(parts);
  const days = shown.length > 0 ? shown : [Number(rule.dtstart.slice(8, 10))];
  const list = words.and(days.map((day) => (day === -1 ? words.lastDay : words.dayOfMonth(day))));
  const isMissing = shown.some((day) => day > 28) && !parts.has('BYSETPOS') && !shown.includes(-1);
  const note = isClamped ? words.orTheLastDay : isMissing ? words.inMonthsThatHaveOne : '';
  return `${words.onThe(`${list}${ofEvery}`)}${note}`;
}

/** Days of the month; of several of which the last that there is counts, the highest. */
function shownDays(parts: Parts): { readonly shown: readonly number[]; readonly isClamped: boolean } {
  const days = listOf(parts, 'BYMONTHDAY').map(Number);
  const isClamped = parts.get('BYSETPOS') === '-1' && days.length > 1;
  return { shown: isClamped ? [Math.max(...days)] : days, isClamped };
}

function onDays(said: Said): string {
  const { parts, words } = said;
  const codes = listOf(parts, 'BYDAY');
  if (codes.length === 0) return '';
  return codes.join() === 'MO,TU,WE,TH,FR'
    ? words.onWeekdays
    : words.on(words.and(codes.map((code) => nameOf(code, said))));
}

/** Minutes after midnight. */
function timesOf({ dtstart }: Recurrence, parts: Parts): readonly number[] {
  const start = parseWall(dtstart);
  if (start === undefined) throw new RangeError(`dtstart is "${dtstart}" and must be a local time`);
  const time = Math.floor(timeOfWall(start) / 60_000);
  const hours = listOf(parts, 'BYHOUR').map(Number);
  const minutes = listOf(parts, 'BYMINUTE').map(Number);
  if (hours.length === 0) return [time];
  const all = hours.flatMap((hour) =>
    (minutes.length === 0 ? [time % 60] : minutes).map((minute) => hour * 60 + minute),
  );
  const places = parts.get('FREQ') === 'DAILY' ? listOf(parts, 'BYSETPOS').map(Number) : [];
  return places.length === 0 ? all : places.flatMap((place) => all[place - 1] ?? []);
}

/** `every 30 minutes from 9:00 AM to 5:00 PM`. */
function windowOf(times: readonly number[], said: Said): string | undefined {
  const { words } = said;
  const [first = 0, second = 0] = times;
  const last = times.at(-1) ?? 0;
  const step = second - first;
  if (!times.every((time, index) => time === first + index * step)) return undefined;
  const often = step % 60 === 0 ? words.every('hour', step / 60) : words.every('minute', step);
  const window = words.window(often, clockOf(first, said), clockOf(last, said));
  return `${window}${onDays(said) || words.onAllDays}`;
}

function endOf({ rule: { rrule, zone }, parts, locale, words }: Said): string {
  const count = parts.get('COUNT');
  if (count !== undefined) return words.times(Number(count));
  const until = untilOf(rrule);
  if (until === undefined) return '';
  // The last minute of a day is how a day itself is written.
  const isDay = Math.floor(timeOfWall(toWall(until, zone)) / 60_000) === 24 * 60 - 1;
  return words.until(isDay ? formatLocalDay(until, zone, locale) : formatLocal(until, zone, locale));
}

/** `8:50 AM`. */
function clockOf(time: number, { locale }: Said): string {
  return named(time * 60_000, locale, { hour: 'numeric', minute: '2-digit' });
}

function nameOf(code: string, { locale }: Said): string {
  const day = dayCodes.indexOf(code);
  // 1 January 2024 was a Monday.
  return day < 0 ? code : named(Date.UTC(2024, 0, day + 1), locale, { weekday: 'long' });
}

function monthsOf({ parts, locale }: Said): readonly string[] {
  return listOf(parts, 'BYMONTH').map((month) =>
    named(Date.UTC(2024, Number(month) - 1, 1), locale, { month: 'long' }),
  );
}

function named(at: number, locale: string, style: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(at);
  return text.replaceAll('\u202f', ' ');
}

/** `first Monday` of `1MO`. */
function nthOf(code: string, said: Said): string {
  const match = /^([+-]?\d+)?([A-Z]{2})$/.exec(code);
  return said.words.nthDay(Number(match?.[1] ?? 0), nameOf(match?.[2] ?? code, said));
}

function listOf(parts: Parts, name: string): readonly string[] {
  const value = parts.get(name);
  return value === undefined || value === '' ? [] : value.split(',');
}
