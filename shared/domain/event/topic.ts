import { type Parsed, parsed, refused } from '../fault.ts';

declare const brand: unique symbol;
/** A topic that conversations subscribe to: lower-case segments parted by `/`, `builds/web`. */
export type Topic = string & { readonly [brand]: 'Topic' };

/** In characters. */
export const LONGEST_TOPIC = 200;
const SEGMENT = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u;

/** The rule that a text breaks, and so is no topic. */
export type TopicFault = 'empty' | 'too-long' | 'segments';

/** Why a text is no topic, for whoever says so in other words; `undefined` for one that is. */
export function faultOfTopic(text: string): TopicFault | undefined {
  const topic = normalized(text);
  if (topic === '') return 'empty';
  if (topic.length > LONGEST_TOPIC) return 'too-long';
  return topic.split('/').every((segment) => SEGMENT.test(segment)) ? undefined : 'segments';
}

/** Reads a topic as people and services write it: case and outer spaces do not matter. */
export function parseTopic(text: string): Parsed<Topic> {
  const topic = normalized(text);
  const fault = faultOfTopic(text);
  return fault === undefined
    ? parsed(topic as Topic)
    : refused({ path: '', message: messages[fault](topic) });
}

const messages: { readonly [fault in TopicFault]: (topic: string) => string } = {
  empty: () => 'a topic must not be empty; write it like "builds/web"',
  'too-long': ({ length }) => `a topic has at most ${LONGEST_TOPIC} characters; this one has ${length}`,
  segments: () =>
    'a topic is segments of letters, digits, space, "." "_" "-" parted by "/"; write it like "builds/web"',
};

function normalized(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

/** The topic and all above it, widest first: `builds/web` gives `builds`, `builds/web`. Whoever subscribed to any of them is reached. */
export function coveringTopics(topic: Topic): readonly Topic[] {
  const segments = topic.split('/');
  return segments.map((_segment, index) => segments.slice(0, index + 1).join('/') as Topic);
}
