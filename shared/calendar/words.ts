import type { Instant } from '../domain/time.ts';
import { localeFor } from '../locale/words.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Up to which distance a unit is used: `in 90 minutes`, but `in 2 hours` a little later. */
const steps: readonly (readonly [upTo: number, length: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [90 * second, second, 'second'],
  [100 * minute, minute, 'minute'],
  [36 * hour, hour, 'hour'],
  [21 * day, day, 'day'],
  [70 * day, 7 * day, 'week'],
  [700 * day, 30.44 * day, 'month'],
  [Number.POSITIVE_INFINITY, 365.2425 * day, 'year'],
];

const dayStyle = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' } as const;

/** `in 20 minutes`, `3 days ago`: rounded, in one unit, in the language of the locale (English for one that is not spoken). */
export function relative(at: Instant, now: Instant, locale = 'en'): string {
  const distance = at - now;
  // Rounded first: 99.9 seconds are two minutes, not 100 seconds.
  const [, length, unit] = steps.find(([upTo]) => Math.abs(distance) < upTo) ?? [0, day, 'day' as const];
  return new Intl.RelativeTimeFormat(localeFor(locale), { numeric: 'always' }).format(
    Math.round(distance / length),
    unit,
  );
}

/** `February`: a month, 1 to 12, in the language of the locale. */
export function monthName(month: number, locale: string): string {
  const format = new Intl.DateTimeFormat(localeFor(locale), { month: 'long', timeZone: 'UTC' });
  return format.format(Date.UTC(2024, month - 1, 1));
}

/** `Monday, November 23, 2026`: the day of an instant as people in the zone write it. Throws `RangeError` for no zone. */
export function formatLocalDay(at: Instant, zone: string, locale = 'en'): string {
  return new Intl.DateTimeFormat(localeFor(locale), { timeZone: zone, ...dayStyle }).format(at);
}

/** `Monday, November 23, 2026 at 3:00 PM`: an instant as people in the zone write it. Throws `RangeError` for no zone. */
export function formatLocal(at: Instant, zone: string, locale = 'en'): string {
  return new Intl.DateTimeFormat(localeFor(locale), {
    timeZone: zone,
    ...dayStyle,
    hour: 'numeric',
    minute: '2-digit',
  })
    .format(at)
    .replaceAll('\u202f', ' ');
}
