import { LONGEST_WHEN, understandDuration, understandWhen } from '../../../calendar/understand.ts';
import { parseTopic, type Topic } from '../../../domain/event/topic.ts';
import { cut } from '../../../domain/text.ts';
import { type Instant, toIso } from '../../../domain/time.ts';
import { wordsFor } from '../../../locale/words.ts';
import { describeTopicFault } from '../topic-fault.ts';

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
  // A topic may hold one of the words itself: the first place behind which a time stands is meant.
  const places = [...argument.matchAll(/(?:^|\s)(?:for|until|till|til|für|bis)\s+/gi)];
  const near = places.filter(({ index, 0: word }) => argument.length - index - word.length <= LONGEST_WHEN);
  for (const { index, 0: word } of near) {
    const until = readEnd(argument.slice(index + word.length), said);
    if (until !== undefined) return withTopic(argument.slice(0, index), said, until);
  }
  const [first] = places;
  if (first !== undefined) {
    const time = cut(argument.slice(first.index).trim(), 60);
    return { ok: false, message: wordsFor(said.locale).quiet.noTime(time) };
  }
  const alone = understandDuration(argument);
  return alone === undefined ? withTopic(argument, said) : withTopic('', said, said.now + alone);
}

/** The topic that is meant, `undefined` for everything; or what is wrong with it. */
export function readTopic(
  text: string,
  locale: string,
): { readonly ok: true; readonly topic?: Topic } | { readonly ok: false; readonly message: string } {
  const name = text.trim();
  if (name === '' || /^(all|everything|alles?)$/i.test(name)) return { ok: true };
  const topic = parseTopic(name);
  if (topic.ok) return { ok: true, topic: topic.value };
  return { ok: false, message: describeTopicFault(name, wordsFor(locale)) };
}

function withTopic(
  text: string,
  { now, locale }: { readonly now: Instant; readonly locale: string },
  until?: Instant,
): MutePhrase {
  const read = readTopic(text, locale);
  if (!read.ok || until === undefined) return read;
  if (until <= now) return { ok: false, message: wordsFor(locale).quiet.timeIsOver(toIso(until)) };
  return { ...read, until: Math.min(until, LATEST) };
}

/** `2h`, `the next 3 days`, `tomorrow at 9`; what repeats is no end. */
function readEnd(
  text: string,
  said: { readonly now: Instant; readonly zone: string; readonly locale: string },
): Instant | undefined {
  const span = understandDuration(text);
  if (span !== undefined) return said.now + span;
  const when = understandWhen(text, said);
  return when.understood && when.rrule === undefined ? when.at : undefined;
}
