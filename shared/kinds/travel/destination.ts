import { behindEach, withoutTail } from '../../domain/text.ts';

const LONGEST = 80;

/** What people begin their answer with, none of which is part of a name. */
const OPENING =
  /(?:please|hmm+|well|maybe|perhaps|actually|ok(?:ay)?|let'?s (?:go|say|fly|travel)|(?:i(?:'d| would)? (?:want|like|need|love)|we(?:'d| would)? (?:want|like|need|love))(?: to)?|i(?:'m| am) going|going|go|fly|flying|travel|travell?ing|a (?:trip|flight|hotel)|book(?: me)?(?: a (?:trip|flight|hotel))?)[\s,]+/iy;
const DIRECTION = /(?:to|in)\s+/iy;
const END = /[.!?,;\s]/;

/** Said to a bot, and no place. */
const NO_PLACE =
  /^(?:hi|hello|hey|yes|no|ok|okay|what|why|who|how|where|when|thanks|thank you|done|start|stop|quit|nothing|none|i|i'm|i'd|we|you|it|can|could|do|don'?t|not|never|anywhere|somewhere|later|sooner|earlier|change|cancel|forget|back|help|wait|sorry|nope|yeah|maybe|that|this|these|there|too|on|at|from|until|for|next|subscribe|unsubscribe|remind me|\?+)(?=[\s,.!?]|$)/i;

/** Reads a place: `London`, `I'd like to fly to new york`. `undefined` for what is none. */
export function readDestination(text: string): string | undefined {
  const opened = behindEach(OPENING, text);
  DIRECTION.lastIndex = opened;
  const name = text.slice(DIRECTION.test(text) ? DIRECTION.lastIndex : opened);
  const said = withoutTail(withoutTail(name, END).replace(/[,\s](?:please|thanks)$/i, ''), END).trim();
  if (said.length < 2 || said.length > LONGEST || NO_PLACE.test(said)) return undefined;
  // Letters of any script, and what stands between them in names.
  if (!/^[\p{L}\p{M}][\p{L}\p{M}\s.,'\u2019()-]*$/u.test(said)) return undefined;
  return /\p{Lu}/u.test(said) ? said : titled(said);
}

/** `rio de janeiro` becomes `Rio de Janeiro`. */
function titled(name: string): string {
  const small = new Set([
    'de',
    'do',
    'da',
    'del',
    'la',
    'le',
    'of',
    'the',
    'on',
    'upon',
    'am',
    'an',
    'der',
    'and',
  ]);
  return name
    .split(' ')
    .map((word, index) =>
      index > 0 && small.has(word) ? word : word.charAt(0).toLocaleUpperCase('en') + word.slice(1),
    )
    .join(' ');
}
