import { parseWall, timeOfWall } from './local-time.ts';
import { partsOf, type Recurrence, untilOf } from './recurrence.ts';
import { formatLocal } from './words.ts';

const dayNames: { readonly [code: string]: string } = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const unitNames: { readonly [freq: string]: string } = {
  SECONDLY: 'second',
  MINUTELY: 'minute',
  HOURLY: 'hour',
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
};

/**
 * A recurrence in English: `every weekday at 8:50 AM`, `every other week on Friday at 9:00 AM`, `on the first Monday of every
 * month at 9:00 AM until Saturday, June 19, 2027`. Throws `RangeError` for a rule that cannot be read.
 */
export function describeRecurrence(rule: Recurrence): string {
  const parts = partsOf(rule.rrule);
  const freq = parts.get('FREQ') ?? '';
  const isPassing = freq === 'HOURLY' || freq === 'MINUTELY' || freq === 'SECONDLY';
  const times = timesOf(rule, parts);
  const often = times.length > 4 ? windowOf(times, parts) : undefined;
  const when = isPassing
    ? `${every(parts)}${onDays(parts)}`
    : (often ?? `${daysOf(rule, parts)} at ${joined(times.map(clockOf))}`);
  return `${when}${endOf(rule, parts)}`;
}

type Parts = ReadonlyMap<string, string>;

function every(parts: Parts): string {
  const unit = unitNames[parts.get('FREQ') ?? ''];
  if (unit === undefined) throw new RangeError(`FREQ is "${parts.get('FREQ')}" and must be one of RFC 5545`);
  const interval = Number(parts.get('INTERVAL') ?? 1);
  if (interval === 1) return `every ${unit}`;
  return interval === 2 && unit !== 'hour' && unit !== 'minute'
    ? `every other ${unit}`
    : `every ${interval} ${unit}s`;
}

function daysOf({ dtstart }: Recurrence, parts: Parts): string {
  const freq = parts.get('FREQ');
  const codes = listOf(parts, 'BYDAY');
  const days = listOf(parts, 'BYMONTHDAY').map(Number);
  const months = listOf(parts, 'BYMONTH').map((month) => monthNames[Number(month) - 1] ?? month);
  const isWeekday = codes.join() === 'MO,TU,WE,TH,FR';
  const interval = Number(parts.get('INTERVAL') ?? 1);
  if (freq === 'WEEKLY' || freq === 'DAILY') {
    if (codes.length === 0) return every(parts);
    const names = isWeekday
      ? 'weekday'
      : codes.join() === 'SA,SU'
        ? 'Saturday and Sunday'
        : joined(codes.map(nameOf));
    return interval === 1 ? `every ${names}` : `${every(parts)} on ${isWeekday ? 'weekdays' : names}`;
  }
  const ofMonth = freq === 'YEARLY' ? ` of ${joined(months)}` : ` of ${every(parts)}`;
  const skips = (day: number): boolean => day > (freq === 'YEARLY' ? 28 : 28) && !parts.has('BYSETPOS');
  const place = parts.get('BYSETPOS');
  if (isWeekday && (place === '-1' || place === '1'))
    return `on the ${place === '1' ? 'first' : 'last'} weekday of ${every(parts)}`;
  if (codes.length > 0)
    return `on the ${joined(codes.map(nthOf))}${months.length > 0 ? ofMonth : ` of ${every(parts)}`}`;
  const isClamped = parts.get('BYSETPOS') === '-1' && days.length > 1;
  const shown = isClamped ? [Math.max(...days)] : days;
  if (freq === 'YEARLY') {
    const date =
      months.length === 0
        ? dtstart.slice(5, 10)
        : joined(months.map((month) => `${month} ${joined(shown.map(String))}`));
    const leap = shown.includes(29) && months.includes('February') ? ' (in leap years)' : '';
    return `${every(parts)} on ${date}${isClamped ? ' (or the last day)' : leap}`;
  }
  const list = joined(shown.map((day) => (day === -1 ? 'last day' : ordinal(day))));
  const note = isClamped
    ? ' (or the last day)'
    : shown.some(skips) && !shown.includes(-1)
      ? ' (in months that have one)'
      : '';
  return `on the ${list || ordinal(Number(dtstart.slice(8, 10)))} of ${every(parts)}${note}`;
}

function onDays(parts: Parts): string {
  const codes = listOf(parts, 'BYDAY');
  if (codes.length === 0) return '';
  return codes.join() === 'MO,TU,WE,TH,FR' ? ' on weekdays' : ` on ${joined(codes.map(nameOf))}`;
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
function windowOf(times: readonly number[], parts: Parts): string | undefined {
  const [first = 0, second = 0] = times;
  const last = times.at(-1) ?? 0;
  const step = second - first;
  if (!times.every((time, index) => time === first + index * step)) return undefined;
  const often = step % 60 === 0 ? (step === 60 ? 'hour' : `${step / 60} hours`) : `${step} minutes`;
  return `every ${often} from ${clockOf(first)} to ${clockOf(last)}${onDays(parts) || ' every day'}`;
}

function endOf({ rrule, zone }: Recurrence, parts: Parts): string {
  const count = parts.get('COUNT');
  if (count !== undefined) return `, ${count} ${count === '1' ? 'time' : 'times'}`;
  const until = untilOf(rrule);
  if (until === undefined) return '';
  const text = formatLocal(until, zone);
  // The last second of a day is how a day itself is written.
  return ` until ${text.replace(/ at 11:59 PM$/, '')}`;
}

/** `8:50 AM`. */
function clockOf(time: number): string {
  const hour = Math.floor(time / 60) % 24;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(time % 60).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
}

function nameOf(code: string): string {
  return dayNames[code] ?? code;
}

/** `first Monday` of `1MO`. */
function nthOf(code: string): string {
  const match = /^([+-]?\d+)?([A-Z]{2})$/.exec(code);
  const name = nameOf(match?.[2] ?? code);
  const nth = Number(match?.[1] ?? 0);
  if (nth === 0) return name;
  if (nth < 0) return nth === -1 ? `last ${name}` : `${ordinal(-nth)} last ${name}`;
  return `${['first', 'second', 'third', 'fourth', 'fifth'][nth - 1] ?? ordinal(nth)} ${name}`;
}

function ordinal(number: number): string {
  const ending =
    number % 100 > 10 && number % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

function listOf(parts: Parts, name: string): readonly string[] {
  const value = parts.get(name);
  return value === undefined || value === '' ? [] : value.split(',');
}

function joined(words: readonly string[]): string {
  return words.length <= 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
