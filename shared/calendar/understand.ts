import { defined } from '../domain/defined.ts';
import { type Duration, days, type Instant } from '../domain/time.ts';
import { wordsFor } from '../locale/words.ts';
import { translationsOf } from './language/languages.ts';
import { has24Hours } from './language/locales.ts';
import { isZone, toWall, wallIso } from './local-time.ts';
import { resolveOnce } from './meaning/once.ts';
import { resolveRepeated } from './meaning/repeated.ts';
import type { NoDate, Reason, Resolved } from './meaning/resolved.ts';
import type { Assumption, Said } from './meaning/times.ts';
import { withPossibleClocks } from './phrase/impossible-clock.ts';
import type { When } from './phrase/piece.ts';
import { skipAny } from './phrase/read.ts';
import { endsTime, opensRequest } from './phrase/request-words.ts';
import type { DateOfYear } from './phrase/said-day.ts';
import { parted } from './phrase/sentence.ts';
import { readSpan } from './phrase/spans.ts';
import { type Token, tokensOf } from './phrase/tokens.ts';
import { readWhen } from './phrase/when.ts';
import { skipPlace } from './phrase/zone-names.ts';
import { monthName } from './words.ts';

export type { Reason } from './meaning/resolved.ts';
export type { Assumption, Said } from './meaning/times.ts';

/** A moment, or a recurrence with its first occurrence. */
export interface UnderstoodWhen {
  readonly understood: true;
  /** The first time that it is due. */
  readonly at: Instant;
  /** IANA zone in which it was meant: the person's, or the one that was named with what repeats. */
  readonly zone: string;
  /** Local time of the first occurrence, as it was meant: `dtstart` of the recurrence. */
  readonly dtstart: string;
  /** The value of an iCalendar RRULE, when it repeats; UNTIL in UTC. */
  readonly rrule?: string;
  /** What was not said and was taken to be so: to be told to the person. Empty when all was said. */
  readonly assumed: readonly Assumption[];
}

export interface Understood extends UnderstoodWhen {
  /** What to be reminded of, as it was written. */
  readonly what: string;
  /** It says `us`: only whoever asks is reminded, or the place where it was asked. */
  readonly isForSeveral?: boolean;
}

export interface NotUnderstood {
  readonly understood: false;
  readonly reason: Reason;
  /** What to be reminded of, where only the time is in question: what to ask for is `when`. */
  readonly what?: string;
  /** The date that no year has, where that is the reason: 30 February. */
  readonly never?: NoDate;
  /** The dates of which one was meant, where that is the question. */
  readonly either?: readonly DateOfYear[];
  /** The zones of which one was meant, where that is the question. */
  readonly zones?: readonly string[];
  /** One sentence in English: what is wrong. For whoever reads another language, there are words by the reason. */
  readonly message: string;
  /** What they could have written. */
  readonly example: string;
}

export type Understanding = Understood | NotUnderstood;

/**
 * Reads a request such as `remind me to call mom tomorrow at 5`, in either order, with or without `remind me`.
 *
 * What is ambiguous means the future: `at 3am` said at 4:30 is tomorrow. Text between quotes is never looked into for a time.
 * Never throws; takes time in proportion to the length of the text.
 */
export function understand(text: string, said: Said): Understanding {
  if (!isZone(said.zone)) return refusal('unknown-zone');
  const read = (one: string) => firstRead(one, said, (tokens) => readRequest(one, tokens, said));
  return orNoSuchClock(read(text), text, read);
}

/** Where a clock shows no such time, that is what is wrong; the rest of the text is read as with another one. */
function orNoSuchClock<T extends { readonly understood: true; readonly what?: string }>(
  first: T | NotUnderstood,
  text: string,
  read: (text: string) => T | NotUnderstood,
): T | NotUnderstood {
  if (!first.understood && first.reason !== 'no-time' && first.reason !== 'time-left') return first;
  const possible = withPossibleClocks(text);
  if (possible === undefined) return first;
  const other = read(possible);
  const { what } = other;
  // `tomorrow at 25:00` has a day, and so a time: the clock is meant for it where another one is no part of the text.
  const isBeside = first.understood && (!other.understood || what === withPossibleClocks(first.what ?? ''));
  if (isBeside || (!other.understood && other.reason === 'no-time')) return first;
  return refusal('no-such-clock', what === undefined ? {} : { what });
}

/**
 * Whether a text asks for a reminder: it opens as one does in some language, `don't let me forget`, and a time is in it, or
 * somebody who is to be reminded.
 */
export function asksToBeReminded(text: string): boolean {
  if (text.length > LONGEST_REQUEST) return false;
  return translationsOf(tokensOf(text), undefined).some(({ tokens }) => {
    if (!opensRequest(tokens)) return false;
    const { when, addressee } = parted(tokens);
    return when !== undefined || addressee !== undefined;
  });
}

function readRequest(text: string, tokens: readonly Token[], said: Said): Understanding {
  const { when, what, addressee, hasTimeLeft } = parted(tokens);
  const words = withoutQuotes(what.map(([from, to]) => text.slice(from, to).trim()).join(' '));
  const refuse = (reason: Reason, more: RefusalDetails = {}): NotUnderstood =>
    refusal(reason, words === '' ? more : { ...more, what: words });
  if (addressee === 'somebody-else') return refusal('somebody-else');
  if (when === undefined) return refuse('no-time');
  const resolved = resolve(when, said);
  if (!resolved.ok) return refuse(resolved.reason, resolved);
  if (words === '') return refusal('nothing-to-remind-of');
  if (hasTimeLeft === true) return refuse('time-left');
  return {
    ...understood(resolved, said),
    what: words,
    ...(addressee === 'several' ? { isForSeveral: true } : {}),
  };
}

/** What the first language reads that finds a time; where none does, what the likeliest says. */
function firstRead<T extends { readonly understood: true }>(
  text: string,
  { locale, languages }: Said,
  read: (tokens: readonly Token[]) => T | NotUnderstood,
): T | NotUnderstood {
  let first: NotUnderstood | undefined;
  for (const { tokens } of translationsOf(tokensOf(text), locale, languages)) {
    const found = read(tokens);
    if (found.understood || found.reason !== 'no-time') return found;
    first ??= found;
  }
  return first ?? refusal('no-time');
}

/** A longer text is no request, in UTF-16 units. */
const LONGEST_REQUEST = 2000;

/** No time takes more words, in UTF-16 units. */
export const LONGEST_WHEN = 500;

/** Reads a text that is a time and nothing else: `tomorrow at 9`, `20 minutes`, `friday`, `every day at 5`. */
export function understandWhen(text: string, said: Said): UnderstoodWhen | NotUnderstood {
  if (!isZone(said.zone)) return refusal('unknown-zone');
  if (text.length > LONGEST_WHEN) return refusal('no-time');
  const read = (one: string) => firstRead(one, said, (tokens) => readSentence(tokens, said));
  return orNoSuchClock<UnderstoodWhen & { readonly what?: never }>(read(text), text, read);
}

/** `um 17.30.`: a dot that makes no date ends a sentence. */
function readSentence(all: readonly Token[], said: Said): UnderstoodWhen | NotUnderstood {
  const tokens = withoutEnd(all);
  const read = readTime(tokens, said);
  const isStopped = tokens.at(-1)?.text === '.' && !read.understood && read.reason === 'no-time';
  return isStopped ? readTime(tokens.slice(0, -1), said) : read;
}

function readTime(tokens: readonly Token[], said: Said): UnderstoodWhen | NotUnderstood {
  const start = skipAny(tokens, 0, ['until', 'for', 'to']);
  const read = readWhen(tokens, start, { isAlone: true });
  if (read === undefined || skipPlace(tokens, read.next, read.value) !== tokens.length)
    return refusal('no-time');
  const resolved = resolve(read.value, said);
  return resolved.ok ? understood(resolved, said) : refusal(resolved.reason, resolved);
}

/**
 * Reads a length of time and nothing else: `2h30m`, `for 3 days`, `an hour and a half`. A day is 24 hours here, a month 30
 * days. `undefined` when it is none, is nothing, or is longer than a hundred years.
 */
export function understandDuration(text: string): Duration | undefined {
  if (text.length > LONGEST_WHEN) return undefined;
  for (const translation of translationsOf(tokensOf(text), undefined)) {
    const tokens = withoutEnd(translation.tokens);
    const read = readSpan(tokens, skipAny(tokens, 0, ['for the next', 'for', 'in', 'about']));
    if (read === undefined || read.next !== tokens.length) continue;
    const { months, days, exact } = read.value;
    const duration = exact + (days + Math.floor(months / 12) * 365 + (months % 12) * 30) * 86_400_000;
    return duration > 0 && duration <= 36_525 * 86_400_000 ? duration : undefined;
  }
  return undefined;
}

function resolve(when: When, said: Said): Resolved {
  const zones = when.zones ?? when.start?.zones;
  if (zones !== undefined) return { ok: false, reason: 'which-zone', zones };
  const place = when.place ?? when.start?.place;
  if (place?.every((zone) => !isSameClock(zone, said)) === true)
    return { ok: false, reason: 'which-zone', zones: [...place, said.zone] };
  const days = [when.day, when.start?.day, when.until?.day, when.anchor?.to.day];
  const either = when.repeat?.either ?? days.find((day) => day?.either !== undefined)?.either;
  if (either !== undefined) return { ok: false, reason: 'which-date', either };
  return when.repeat === undefined
    ? resolveOnce(when, said)
    : resolveRepeated({ ...when, repeat: when.repeat }, said);
}

/** Whether a zone has the person's own clock, now and in half a year. */
function isSameClock(zone: string, { zone: own, now }: Said): boolean {
  return [now, now + days(182)].every((at) => toWall(at, zone) === toWall(at, own));
}

function understood(
  { at, wall, zone, rrule, assumed: all }: Extract<Resolved, { ok: true }>,
  { locale }: Said,
): UnderstoodWhen {
  // Who reads 24 hours on every clock does not wonder which half of the day is meant.
  const assumed = has24Hours(locale) ? all.filter((assumption) => assumption !== 'half-of-day') : all;
  return {
    understood: true,
    at,
    zone,
    dtstart: wallIso(wall),
    assumed,
    ...defined({ rrule }),
  };
}

const examples: { readonly [reason in Reason]: string } = {
  'no-time': 'remind me to call Ann tomorrow at 9am',
  'nothing-to-remind-of': 'remind me to call Ann tomorrow at 9am',
  'in-the-past': 'remind me to call Ann in 20 minutes',
  'too-far-ahead': 'remind me to call Ann on 12 July at noon',
  'no-such-date': 'remind me to call Ann on 28 February at noon',
  'no-such-clock': 'remind me to call Ann tomorrow at 9am',
  'no-such-interval': 'remind me to stretch every 90 minutes',
  'which-times': 'remind me to stretch every day at 9am and 5pm',
  'several-times': 'remind me to call Ann tomorrow at 9am',
  'which-date': 'remind me to call Ann on 5 June at 9am',
  'which-zone': 'remind me to call Ann tomorrow at 9am Berlin time',
  'somebody-else': 'remind me to call Ann tomorrow at 9am',
  'time-left': 'remind me to stretch every 30 minutes from 9am to 5pm',
  'ends-before-it-begins': 'remind me to stretch every day at 9am for 2 weeks',
  'unknown-zone': 'timezone Europe/Berlin',
};

/** What a refusal says beside its reason. */
interface RefusalDetails {
  readonly what?: string;
  readonly never?: NoDate | undefined;
  readonly either?: readonly DateOfYear[] | undefined;
  readonly zones?: readonly string[] | undefined;
}

function refusal(reason: Reason, { what, never, either, zones }: RefusalDetails = {}): NotUnderstood {
  const details = defined({ what, never, either, zones });
  return {
    understood: false,
    reason,
    ...details,
    message: describeRefusal({ reason, ...details }, 'en'),
    example: examples[reason],
  };
}

/** What is wrong with a time, in the language of the locale: `February has no 30th.` */
export function describeRefusal(
  { reason, never, either, zones }: Pick<NotUnderstood, 'reason' | 'never' | 'either' | 'zones'>,
  locale: string,
): string {
  const { times, recurrence } = wordsFor(locale);
  if (either !== undefined)
    return times.whichDate(either.map(({ month, day }) => recurrence.date(monthName(month, locale), [day])));
  if (zones !== undefined) return times.whichClock(zones);
  return never === undefined
    ? times.faults[reason]
    : times.monthHasNo(monthName(never.month, locale), never.day);
}

function withoutEnd(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.at(-1);
  const isDot = last?.text === '.' && !endsTime(tokens, tokens.length - 1);
  return isDot || last?.text === '!' || last?.text === '?' ? tokens.slice(0, -1) : tokens;
}

/** Quotes around all of it are no part of it. */
function withoutQuotes(text: string): string {
  const match = /^(?:"([^"]*)"|\u201c([^\u201c\u201d]*)\u201d|\u00ab([^\u00bb]*)\u00bb|'([^']*)')$/u.exec(
    text,
  );
  return match === null ? text : (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim();
}
