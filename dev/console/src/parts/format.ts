import { type Language, language } from '../shell/preferences.ts';
import { useStore } from '../shell/store.ts';
import { useWords, type Words } from '../words/words.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How numbers, times and sizes read in the language of the page. */
export interface Format {
  readonly number: (value: number) => string;
  /** `14:05`, with the day where it is another one. */
  readonly time: (iso: string) => string;
  /** Day, time and seconds. */
  readonly exactTime: (iso: string) => string;
  /** `5 minutes ago`. */
  readonly ago: (iso: string) => string;
  readonly duration: (seconds: number) => string;
  readonly size: (bytes: number) => string;
  readonly usd: (dollars: number) => string;
  readonly percent: (share: number) => string;
}

export function useFormat(): Format {
  return formatOf(useStore(language), useWords());
}

export function formatOf(lang: Language, words: Words): Format {
  const locale = lang === 'de' ? 'de-DE' : 'en-GB';
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  return {
    number,
    time(iso) {
      const at = new Date(iso);
      if (Number.isNaN(at.getTime())) return iso;
      const isToday = at.toDateString() === new Date().toDateString();
      const isThisYear = at.getFullYear() === new Date().getFullYear();
      const day = isToday
        ? {}
        : ({ day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) } as const);
      return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit' }).format(at);
    },
    exactTime(iso) {
      const at = new Date(iso);
      if (Number.isNaN(at.getTime())) return iso;
      return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
    },
    ago: (iso) => agoOf(iso, locale),
    duration: (seconds) => durationOf(seconds, number, words),
    size: (bytes) =>
      bytes < 1024
        ? `${number(bytes)} B`
        : `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / 1024)} kB`,
    usd: (dollars) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        maximumFractionDigits: dollars < 0.01 ? 6 : 2,
      }).format(dollars),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent' }).format(share),
  };
}

function agoOf(iso: string, locale: string): string {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  if (Number.isNaN(seconds)) return iso;
  const say = (value: number, unit: Intl.RelativeTimeFormatUnit) =>
    new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(value), unit);
  const size = Math.abs(seconds);
  if (size < MINUTE) return say(seconds, 'second');
  if (size < HOUR) return say(seconds / MINUTE, 'minute');
  if (size < DAY) return say(seconds / HOUR, 'hour');
  return say(seconds / DAY, 'day');
}

function durationOf(seconds: number, number: (value: number) => string, { time }: Words): string {
  if (seconds <= 0) return time.none;
  if (seconds < 1) return time.lessThanSecond;
  if (seconds < 2 * MINUTE) return time.seconds(number(Math.round(seconds)));
  if (seconds < 2 * HOUR) return time.minutes(number(Math.round(seconds / MINUTE)));
  if (seconds < 2 * DAY) return time.hours(number(Math.round(seconds / HOUR)));
  return time.days(number(Math.round(seconds / DAY)));
}

/** A value of any shape in one line. */
export function plainly(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(plainly).join(', ');
  const { name, key } = Object(value);
  if (typeof name === 'string') return name;
  if (typeof key === 'string') return key;
  return JSON.stringify(value);
}

/** A text of an object that came with any fields. */
export function textOf(from: unknown, name: string): string | undefined {
  const value: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
