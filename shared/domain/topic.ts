import { type Parsed, parsed, refused } from './fault.ts';

declare const brand: unique symbol;
/** A topic that conversations subscribe to: lower-case segments parted by `/`, `builds/web`. */
export type Topic = string & { readonly [brand]: 'Topic' };

const LONGEST = 200;
const SEGMENT = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u;

/** Reads a topic as people and services write it: case and outer spaces do not matter. */
export function parseTopic(text: string): Parsed<Topic> {
  const topic = text.normalize('NFC').trim().toLowerCase();
  if (topic === '')
    return refused({ path: '', message: 'a topic must not be empty; write it like "builds/web"' });
  if (topic.length > LONGEST) {
    return refused({
      path: '',
      message: `a topic has at most ${LONGEST} characters; this one has ${topic.length}`,
    });
  }
  if (!topic.split('/').every((segment) => SEGMENT.test(segment))) {
    return refused({
      path: '',
      message:
        'a topic is segments of letters, digits, space, "." "_" "-" parted by "/"; write it like "builds/web"',
    });
  }
  return parsed(topic as Topic);
}

/** The topic and all above it, widest first: `builds/web` gives `builds`, `builds/web`. Whoever subscribed to any of them is reached. */
export function coveringTopics(topic: Topic): readonly Topic[] {
  const segments = topic.split('/');
  return segments.map((_segment, index) => segments.slice(0, index + 1).join('/') as Topic);
}
