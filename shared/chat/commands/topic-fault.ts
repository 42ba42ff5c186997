import { faultOfTopic, LONGEST_TOPIC, parseTopic, type Topic } from '../../domain/event/topic.ts';
import type { Parsed } from '../../domain/fault.ts';
import { withoutTail } from '../../domain/text.ts';
import type { Words } from '../../locale/words.ts';

/** What means every topic, and is none: who subscribed to one of that name could not end it alone. */
export const ALL_TOPICS = /^(?:all|everything|alles?|alle abos)$/i;

/** Reads a topic as people say it: a full stop is no part of it, also of `subscribe web 1.2.`, which ends as a date does. */
export function saidTopic(text: string): Parsed<Topic> {
  return parseTopic(withoutTail(text, /[\s.]/));
}

/** What is wrong with a text that is no topic, a whole sentence. */
export function describeTopicFault(text: string, { topics: { faults } }: Words): string {
  const fault = faultOfTopic(text) ?? 'empty';
  return fault === 'too-long'
    ? faults[fault](LONGEST_TOPIC, text.normalize('NFC').trim().length)
    : faults[fault];
}
