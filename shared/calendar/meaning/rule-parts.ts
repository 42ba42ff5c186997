import { civil, type Day, weekdayOf } from '../local-time.ts';
import { type Repeat, weekdayCodes } from '../phrase/repeat.ts';

/** Parts of an iCalendar rule, by name; those without a value are left out of it. */
export type Parts = readonly (readonly [name: string, value: string | number | undefined])[];

/** Which days, without the times: the first part is the frequency. */
export function dayParts(repeat: Repeat, from: Day): Parts {
  const { freq, byDay, byMonth, byMonthDay, bySetPos } = repeat;
  const isPassing = freq === 'HOURLY' || freq === 'MINUTELY';
  const own: Parts = [
    ['FREQ', isPassing ? 'DAILY' : freq],
    ['BYMONTH', byMonth?.join(',')],
    ['BYMONTHDAY', byMonthDay?.join(',')],
    ['BYDAY', byDay?.join(',')],
    ['BYSETPOS', bySetPos?.join(',')],
  ];
  if (byDay !== undefined || byMonthDay !== undefined || byMonth !== undefined) return own;
  const { month, day } = civil(from);
  // `every month` said on the 31st means its last day in shorter ones.
  const late: Parts = [
    ['BYMONTHDAY', day > 28 ? Array.from({ length: day - 27 }, (_, index) => 28 + index).join(',') : day],
    ['BYSETPOS', day > 28 ? -1 : undefined],
  ];
  if (freq === 'WEEKLY')
    return [
      ['FREQ', freq],
      ['BYDAY', weekdayCodes[weekdayOf(from)]],
    ];
  if (freq === 'MONTHLY') return [['FREQ', freq], ...late];
  if (freq === 'YEARLY') return [['FREQ', freq], ['BYMONTH', month], ...late];
  return own;
}

/** The times of day, where they are more than the start already says; `undefined` when no rule can say them. */
export function timeParts(times: readonly number[], repeat: Repeat): Parts | undefined {
  if (times.length <= 1) return [];
  const hours = [...new Set(times.map((time) => Math.floor(time / 60)))];
  const onMinutes = [...new Set(times.map((time) => time % 60))].sort((a, b) => a - b);
  const all = hours.flatMap((hour) => onMinutes.map((minute) => hour * 60 + minute));
  const parts: Parts = [
    ['BYHOUR', hours.join(',')],
    ['BYMINUTE', onMinutes.join(',')],
  ];
  if (all.length === times.length) return parts;
  // Hours times minutes are more than was said: the right ones are picked by their place in the day.
  const isPlain =
    repeat.byMonthDay === undefined && repeat.byMonth === undefined && repeat.bySetPos === undefined;
  const isEachDay =
    isPlain &&
    (repeat.byDay === undefined || repeat.interval === 1) &&
    /^(?:DAILY|WEEKLY|HOURLY|MINUTELY)$/.test(repeat.freq);
  if (!isEachDay) return undefined;
  return [...parts, ['BYSETPOS', times.map((time) => all.indexOf(time) + 1).join(',')]];
}

const order = [
  'FREQ',
  'INTERVAL',
  'BYMONTH',
  'BYMONTHDAY',
  'BYDAY',
  'BYHOUR',
  'BYMINUTE',
  'BYSETPOS',
  'COUNT',
  'UNTIL',
];

/** Later parts of a name replace earlier ones; empty ones are left out. */
export function ruleOf(parts: Parts): string {
  const named = new Map(parts);
  // The places of times within a day are places within one day only if the rule goes by days.
  if (
    named.get('BYMINUTE') !== undefined &&
    named.get('BYSETPOS') !== undefined &&
    named.get('FREQ') === 'WEEKLY'
  )
    named.set('FREQ', 'DAILY');
  return order
    .map((name) => [name, named.get(name)] as const)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}
