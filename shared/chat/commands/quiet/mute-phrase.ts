import { understandDuration, understandWhen } from '../../../calendar/understand.ts';
import { type Instant, toIso } from '../../../domain/time.ts';
import { parseTopic, type Topic } from '../../../domain/topic.ts';

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
  said: { readonly now: Instant; readonly zone: string },
): MutePhrase {
  // A topic may hold one of the words itself: the first place behind which a time stands is meant.
  const places = [...argument.matchAll(/(?:^|\s)(for|until|till|til)\s+/gi)];
  for (const place of places) {
    const until = readEnd(argument.slice(place.index + place[0].length), said);
    if (until !== undefined) return withTopic(argument.slice(0, place.index), until, said.now);
  }
  const [first] = places;
  if (first !== undefined) {
    const time = argument.slice(first.index).trim().slice(0, 60);
    return { ok: false, message: `I do not understand "${time}" as a time.` };
  }
  const alone = understandDuration(argument);
  return alone === undefined ? withTopic(argument) : withTopic('', said.now + alone, said.now);
}

/** The topic that is meant, `undefined` for everything; or what is wrong with it. */
export function readTopic(
  text: string,
): { readonly ok: true; readonly topic?: Topic } | { readonly ok: false; readonly message: string } {
  const name = text.trim();
  if (name === '' || /^(all|everything)$/i.test(name)) return { ok: true };
  const topic = parseTopic(name);
  if (topic.ok) return { ok: true, topic: topic.value };
  const [fault] = topic.faults;
  const message = fault?.message ?? 'this is no topic';
  return { ok: false, message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
}

function withTopic(text: string, until?: Instant, now?: Instant): MutePhrase {
  const read = readTopic(text);
  if (!read.ok || until === undefined) return read;
  if (now !== undefined && until <= now) {
    return { ok: false, message: `That time is over: ${toIso(until)}.` };
  }
  return { ...read, until: Math.min(until, LATEST) };
}

/** `2h`, `the next 3 days`, `tomorrow at 9`; what repeats is no end. */
function readEnd(text: string, said: { readonly now: Instant; readonly zone: string }): Instant | undefined {
  const span = understandDuration(text);
  if (span !== undefined) return said.now + span;
  const when = understandWhen(text, said);
  return when.understood && when.rrule === undefined ? when.at : undefined;
}
