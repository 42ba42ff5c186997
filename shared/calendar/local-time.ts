import { days, hours, type Instant, minutes, seconds } from '../domain/time.ts';

/**
 * What a clock on the wall shows, as milliseconds: the instant at which a clock in UTC would show the same. Arithmetic on
 * it is arithmetic on dates and clocks; it is a point in time only together with a zone.
 */
export type Wall = number;

/** Days since 1970-01-01, for arithmetic on dates. */
export type Day = number;

export const dayMs = days(1);

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the name is a time zone that can be calculated with. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    // Nothing was asked of the zone yet: the caller says what to do.
    return false;
  }
}

/** What a clock in the zone shows at the instant. Throws `RangeError` for a zone that is none. */
export function toWall(at: Instant, zone: string): Wall {
  let year = 0;
  let wall = 0;
  let month = 1;
  let day = 1;
  for (const { type, value } of formatOf(zone).formatToParts(at)) {
    const number = Number(value);
    if (type === 'year') year = number;
    else if (type === 'month') month = number;
    else if (type === 'day') day = number;
    else if (type === 'hour') wall += hours(number);
    else if (type === 'minute') wall += minutes(number);
    else if (type === 'second') wall += seconds(number);
  }
  const parts = wall + dayOf({ year, month, day }) * dayMs;
  return parts + (((at % 1000) + 1000) % 1000);
}

/**
 * The instant at which a clock in the zone shows that.
 *
 * A time that the clock skips (it was put forward) is read with the offset before the change, so it comes as much later as
 * the clock was put forward: 02:30 becomes 03:30. Of a time that it shows twice, the first counts. iCalendar and Temporal
 * (`compatible`) read both the same way.
 */
export function fromWall(wall: Wall, zone: string): Instant {
  const before = offsetAt(wall - dayMs, zone);
  const after = offsetAt(wall + dayMs, zone);
  const first = wall - Math.max(before, after);
  if (toWall(first, zone) === wall) return first;
  const second = wall - Math.min(before, after);
  if (toWall(second, zone) === wall) return second;
  return wall - before;
}

/** Milliseconds by which clocks in the zone are ahead of UTC. */
function offsetAt(at: Instant, zone: string): number {
  return toWall(at, zone) - at;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** Months beyond the twelfth run into the next year, days beyond the last into the next month. */
export function dayOf({ year, month, day }: CivilDate): Day {
  // Years below 100 would be read as 1900 and later by Date.UTC.
  return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / dayMs);
}

export function civil(day: Day): CivilDate {
  const date = new Date(day * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 is Monday, 6 is Sunday, as ISO 8601 counts them. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function daysInMonth(year: number, month: number): number {
  return civil(dayOf({ year, month: month + 1, day: 0 })).day;
}

/** Whether a month, 1 to 12, has such a day in some year; -1 is its last one. */
export function hasDay(month: number, day: number): boolean {
  return Math.abs(day) <= daysInMonth(2000, month);
}

/** Whether there is such a date: 29 February only in leap years. */
export function exists({ year, month, day }: CivilDate): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The same day so many months later, or the last of that month where it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const from = civil(day);
  const first = civil(dayOf({ year: from.year, month: from.month + months, day: 1 }));
  return dayOf({ ...first, day: Math.min(from.day, daysInMonth(first.year, first.month)) });
}

/** The date of a wall time. */
export function dayOfWall(wall: Wall): Day {
  return Math.floor(wall / dayMs);
}

/** Milliseconds since midnight of a wall time. */
export function timeOfWall(wall: Wall): number {
  return wall - dayOfWall(wall) * dayMs;
}

/** `2026-11-23T15:00:00`: ISO 8601 without an offset, to the second. */
export function wallIso(wall: Wall): string {
  return new Date(wall).toISOString().replace(/\.\d+Z$/, '');
}

/** Reads what `wallIso` writes; `undefined` for anything else, and for dates that do not exist. */
export function parseWall(text: string): Wall | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return undefined;
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) || wallIso(wall) !== text ? undefined : wall;
}
