import { isMonth } from '../../calendar/language/names.ts';
import { understandDuration, understandWhen } from '../../calendar/understand.ts';
import { editDistance } from '../../domain/edit-distance.ts';
import { withoutTail } from '../../domain/text.ts';
import { type Duration, days, type Instant } from '../../domain/time.ts';
import type { Words } from './words/words.ts';

/** A date on the traveller's calendar, `2026-12-04`. */
export type TravelDate = string;

/** In nights. */
const LONGEST_STAY = 300;

/** The traveller's clock. */
export interface Today {
  readonly now: Instant;
  /** IANA zone. */
  readonly zone: string;
  /** BCP 47, which tells what `5/6` is. */
  readonly locale?: string;
}

/** When a trip begins, and when it ends where that was said too. */
export interface TravelDates {
  readonly departure: TravelDate;
  readonly returning?: TravelDate;
}

const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? ([a-z]+)\b(.*)$/is;

/** A longer text is no date, and no span of dates. */
const LONGEST_SAID = 200;

/** Reads one date: `next friday`, `12 december`, `2026-12-04`, `in three weeks`. Never one that is over. */
export function readDate(text: string, today: Today): TravelDate | undefined {
  if (text.length > LONGEST_SAID) return undefined;
  const said = withoutEnd(text.trim().toLowerCase()).replace(
    /^(?:i (?:want|would like) to |i(?:'ll| will) )?(?:leave|depart|go|fly|return|come back)? ?(?:(?:on|at|am) )?(?=\S)/,
    '',
  );
  // A number alone is an hour to whoever reads times.
  if (said === '' || /^(?:at )?\d+(?::\d+)?$/.test(said)) return undefined;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(said)
    ? existing(said)
    : (understood(dated(said), today) ?? understood(mended(said), today));
  return date !== undefined && date >= todayOf(today) ? date : undefined;
}

/** Nobody travels by times of day: `5.12` is a date as `5.12.` is. */
function dated(said: string): string {
  return /^\d{1,2}\.\s?\d{1,2}$/.test(said) ? `${said}.` : said;
}

/** The dot at the end of `5.12.` is a part of the date: without it that is a time of day. */
function withoutEnd(text: string): string {
  return /\d\.\s?\d{1,2}\.$/.test(text) ? text : withoutTail(text, /[.!?,]/);
}

/** Places in a sentence where its parts may meet: nobody says more, and each of them is looked at behind each of the others. */
export const MOST_PARTINGS = 4;

/** Between the days of a span, and before how long it is. */
const PARTING = /\s(?:(?:to|until|till|through|[-\u2013])\s+|(?=for\s))|(?<=\d\.?)[-\u2013](?=\d)/gi;

/** `5.` of `5. to 8. december` is in december. */
function withMonthOf(end: string, day: string): string {
  if (!/^(?:on |the )*\d{1,2}(?:\.|st|nd|rd|th)?$/i.test(day)) return day;
  const [, month] = /^(?:the )?\d{1,2}(?:\.|st|nd|rd|th)?\s?(?:of )?(\d{1,2}\.|[a-z]+)/i.exec(end) ?? [];
  return month === undefined ? day : `${withoutTail(day, /[.a-z]/)}. ${month}`;
}

/** Reads a span: `friday to sunday`, `5 december for 3 nights`; or one date. */
export function readDates(text: string, today: Today): TravelDates | undefined {
  if (text.length > LONGEST_SAID) return undefined;
  const said = text.trim().replace(/^from /i, '');
  for (const parting of [...said.matchAll(PARTING)].slice(0, MOST_PARTINGS)) {
    const end = said.slice(parting.index + parting[0].length);
    const departure = readDate(withMonthOf(end, said.slice(0, parting.index)), today);
    if (departure === undefined) continue;
    const returning = readReturn(end, departure, today);
    if (returning !== undefined) return { departure, returning };
  }
  const departure = readDate(said, today);
  return departure === undefined ? undefined : { departure };
}

/** Reads the end of a trip: a date, or for how long. Never before it begins. */
export function readReturn(text: string, departure: TravelDate, today: Today): TravelDate | undefined {
  if (text.length > LONGEST_SAID) return undefined;
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^(?:(?:and )?(?:back|return|until|till)(?: on)? |after )/, '');
  if (/^(?:the )?same day\b/.test(said)) return departure;
  const stay = said.replace(/\bnights?\b/, 'days').replace(/\s(?:later|after(?: that)?|long)$/, '');
  const length = understandDuration(stay === '1 days' || stay === 'a days' ? '1 day' : stay);
  if (length !== undefined && !said.startsWith('in ')) return after(departure, length);
  // "Sunday" is the first one after the departure, not after today.
  const fromThere = { ...today, now: Math.max(today.now, Date.parse(`${departure}T12:00:00Z`)) };
  const date = readDate(said, fromThere) ?? readDate(said, today);
  if (date === undefined || date < departure) return undefined;
  // A day before the departure is read as that of the next year.
  return nightsBetween(departure, date) <= LONGEST_STAY ? date : undefined;
}

/** `Friday, 4 December 2026`, in the language of the words. */
export function showDate(date: TravelDate, words: Words['booking']): string {
  const format = new Intl.DateTimeFormat(words.calendar, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const parts = format.formatToParts(Date.parse(`${date}T00:00:00Z`));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return words.date(part('weekday'), part('day'), part('month'), part('year'));
}

export function nightsBetween(departure: TravelDate, returning: TravelDate): number {
  return Math.round((Date.parse(returning) - Date.parse(departure)) / days(1));
}

const NAMES = [
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'tomorrow', 'today'],
  ...['january', 'february', 'march', 'april', 'august', 'september', 'october', 'november', 'december'],
];

/** `next fridya` becomes `next friday`: one slip in a long name, two in the longest. */
function mended(said: string): string {
  return said.replace(/[a-z]{5,}/g, (word) => {
    const slips = word.length >= 8 ? 2 : 1;
    const [nearest] = NAMES.map((name) => ({ name, distance: editDistance(word, name) })).sort(
      (a, b) => a.distance - b.distance,
    );
    return nearest !== undefined && nearest.distance <= slips ? nearest.name : word;
  });
}

function understood(said: string, today: Today): TravelDate | undefined {
  const [, day, month = '', rest] = DAY_FIRST.exec(said) ?? [];
  const monthFirst = !isMonth(month) ? said : `${month} ${day}${rest}`;
  const when = understandWhen(monthFirst, today);
  return when.understood && when.rrule === undefined ? when.dtstart.slice(0, 10) : undefined;
}

function existing(date: string): TravelDate | undefined {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? undefined : date;
}

function after(date: TravelDate, length: Duration): TravelDate | undefined {
  const at = Date.parse(`${date}T00:00:00Z`) + Math.round(length / days(1)) * days(1);
  return new Date(at).toISOString().slice(0, 10);
}

export function todayOf({ now, zone }: Today): TravelDate {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(now);
}
