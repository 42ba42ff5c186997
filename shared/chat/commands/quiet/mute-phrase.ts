import {
  describeRefusal,
  LONGEST_WHEN,
  type NotUnderstood,
  understandDuration,
  understandWhen,
} from '../../../calendar/understand.ts';
import type { Topic } from '../../../domain/event/topic.ts';
import type { Instant } from '../../../domain/time.ts';
import { wordsFor } from '../../../locale/words.ts';
import { plain } from '../../markdown.ts';
import { thanksBehind } from '../../understanding/politeness.ts';
import { ALL_TOPICS, describeTopicFault, saidTopic } from '../topic-fault.ts';

/** Numbers of something at the end of what was said: `2 hours`, `1h 30m`. */
const SPAN_AT_END = /(?<!\S)(?:\d{1,6}(?:[.,]\d{1,3})?\s?\p{L}{1,20}(?:\s(?:and|und))?(?:\s|$)){1,3}$/u;
/** What has no end needs no word for it. */
const FOREVER =
  /(?:^|\s)(?:forever|for ever|indefinitely|until further notice|für immer|dauerhaft|bis auf weiteres)$/i;
/** Words before a time, or a number, with nothing that says what it is of. */
const NO_TIME = /^(?:\d+|for|until|till|til|für|bis)$/i;

const NUMBER = /^\d+$/;
const NOW = /^(?:now|jetzt|sofort)$/i;

/** The topic that may be meant by what reads as something else: `mute 404`, `mute now`, `mute thanks`. */
export function perhapsTopic(text: string, argument: string): Topic | undefined {
  const name = argument === '' ? thanksBehind(text) : argument;
  if (name === undefined || (argument !== '' && !isTimeAlone(name))) return undefined;
  const topic = saidTopic(name);
  return topic.ok ? topic.value : undefined;
}

/** What means a time, or all at once, wherever no topic is called so. */
function isTimeAlone(text: string): boolean {
  return NUMBER.test(text) || NOW.test(text) || understandWhen(text, { now: 0, zone: 'UTC' }).understood;
}

/** What `mute` was told to mute, and until when. */
export type MutePhrase =
  | { readonly ok: true; readonly topic?: Topic; readonly until?: Instant }
  /** What is wrong with it, for the person. */
  | { readonly ok: false; readonly message: string };

/** Nobody means a later one, and a date has no more digits. */
const LATEST: Instant = Date.UTC(9999, 11, 31);

/** Reads `[<topic>] [for <duration> | until <when>]`; `all` and `everything` are no topics. */
export function readMute(
  argument: string,
  said: { readonly now: Instant; readonly zone: string; readonly locale: string },
): MutePhrase {
  const endless = FOREVER.exec(argument);
  if (endless !== null) return withTopic(argument.slice(0, endless.index), said.locale);
  if (NO_TIME.test(argument))
    return { ok: false, message: wordsFor(said.locale).quiet.noTime(plain(argument, 60)) };
  // A topic may hold one of the words itself: the first place behind which a time stands is meant.
  const places = [...argument.matchAll(/(?:^|\s)(?:for|until|till|til|für|bis)\s+/gi)];
  const near = places.filter(({ index, 0: word }) => argument.length - index - word.length <= LONGEST_WHEN);
  for (const { index, 0: word } of near) {
    const end = readEnd(argument.slice(index + word.length), said);
    if (end.understood) return withTopic(argument.slice(0, index), said.locale, end.at);
  }
  const [first] = places;
  if (first !== undefined) {
    const end = readEnd(argument.slice(first.index + first[0].length), said);
    return { ok: false, message: whyNot(end, argument.slice(first.index), said.locale) };
  }
  return readWithoutWord(argument, said);
}

/** `2h`, `builds 2 hours`, `builds`. */
function readWithoutWord(
  argument: string,
  said: { readonly now: Instant; readonly zone: string; readonly locale: string },
): MutePhrase {
  const whole = understandDuration(argument);
  if (whole !== undefined) return withTopic('', said.locale, said.now + whole);
  const [span = ''] = SPAN_AT_END.exec(argument) ?? [];
  const length = understandDuration(span);
  if (length !== undefined) {
    return withTopic(argument.slice(0, argument.length - span.length), said.locale, said.now + length);
  }
  const end = readEnd(span, said);
  if (!end.understood && end.reason === 'in-the-past')
    return { ok: false, message: whyNot(end, span, said.locale) };
  // What begins later, or comes again, is not muted from now on: `mute tomorrow`, `mute weekends`.
  if (isTimeAlone(argument) && !NOW.test(argument))
    return { ok: false, message: wordsFor(said.locale).quiet.noEnd(plain(argument, 60)) };
  return withTopic(argument, said.locale);
}

/** The topic that is meant, `undefined` for everything; or what is wrong with it. */
export function readTopic(
  text: string,
  locale: string,
): { readonly ok: true; readonly topic?: Topic } | { readonly ok: false; readonly message: string } {
  const name = text.trim();
  if (name === '' || ALL_TOPICS.test(name) || NOW.test(name)) return { ok: true };
  const topic = saidTopic(name);
  if (topic.ok) return { ok: true, topic: topic.value };
  return { ok: false, message: describeTopicFault(name, wordsFor(locale)) };
}

function withTopic(text: string, locale: string, until?: Instant): MutePhrase {
  const read = readTopic(text, locale);
  return !read.ok || until === undefined ? read : { ...read, until: Math.min(until, LATEST) };
}

/** Why the end of a mute was not understood. */
function whyNot(end: End, text: string, locale: string): string {
  const words = wordsFor(locale).quiet;
  const said = plain(text.trim(), 60);
  if (end.understood || end.reason === 'in-the-past') return words.endsAtOnce(said);
  return end.reason === 'no-time' ? words.noTime(said) : describeRefusal(end, locale);
}

type End =
  | { readonly understood: true; readonly at: Instant }
  | Pick<NotUnderstood, 'understood' | 'reason' | 'never' | 'either' | 'zones'>;

/** `2h`, `the next 3 days`, `tomorrow at 9`; what repeats is no end, and what is over is none. */
function readEnd(
  text: string,
  said: { readonly now: Instant; readonly zone: string; readonly locale: string },
): End {
  const span = understandDuration(text);
  if (span !== undefined) return { understood: true, at: said.now + span };
  const when = understandWhen(text, said);
  if (!when.understood) return when;
  if (when.rrule !== undefined) return refused('no-time');
  return when.at > said.now ? when : refused('in-the-past');
}

function refused(reason: 'no-time' | 'in-the-past'): End {
  return { understood: false, reason };
}
