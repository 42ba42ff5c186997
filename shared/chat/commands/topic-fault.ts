import { faultOfTopic, LONGEST_TOPIC } from '../../domain/event/topic.ts';
import type { Words } from '../../locale/words.ts';

/** What is wrong with a text that is no topic, a whole sentence. */
export function describeTopicFault(text: string, { topics: { faults } }: Words): string {
  const fault = faultOfTopic(text) ?? 'empty';
  return fault === 'too-long'
    ? faults[fault](LONGEST_TOPIC, text.normalize('NFC').trim().length)
    : faults[fault];
}
