import { type ActivityJson, newsOf } from './entry.ts';

/** What one conversation of a crowd was shown: how often which text, and the last activity's hash. */
export interface Shown {
  readonly conversation: string;
  readonly texts: Record<string, number>;
  readonly last: string;
}

/** Most conversations of a load test see one text once, so the first text needs no map of its own. */
interface Counts {
  readonly text: string;
  count: number;
  others?: Map<string, number>;
  last: string;
}

/** Counts of a whole crowd. They tell lost and repeated messages apart without keeping any message. */
export interface ShownSummary {
  /** Conversations that were shown anything. */
  readonly conversations: number;
  /** All messages. */
  readonly shown: number;
  /** How many of them said what the same conversation had been told before. */
  readonly repeated: number;
}

/** How much of a text tells it apart from others. */
const MARKER_LENGTH = 80;

/**
 * What is counted of an activity: the beginning of the first line of its text, or of the first one on its card; its hash
 * when it says nothing.
 */
export function markerOf(activity: ActivityJson, hash: string): string {
  const text = newsOf(activity);
  if (text === undefined) return `sha256:${hash}`;
  const [line = ''] = text.split('\n', 1);
  return line.slice(0, MARKER_LENGTH);
}

/** Counts by conversation, for a hundred thousand of them. */
export class ShownCounts {
  readonly #counts = new Map<string, Counts>();
  #shown = 0;
  #repeated = 0;

  add(conversation: string, text: string, hash: string, times = 1): void {
    this.#shown += times;
    const counts = this.#counts.get(conversation);
    if (!counts) {
      this.#counts.set(conversation, { text, count: times, last: hash });
      this.#repeated += times - 1;
      return;
    }
    counts.last = hash;
    const before = counts.text === text ? counts.count : (counts.others?.get(text) ?? 0);
    this.#repeated += before === 0 ? times - 1 : times;
    if (counts.text === text) counts.count += times;
    else {
      counts.others ??= new Map();
      counts.others.set(text, before + times);
    }
  }

  summary(): ShownSummary {
    return { conversations: this.#counts.size, shown: this.#shown, repeated: this.#repeated };
  }

  /** One by one, in the order in which conversations were first shown something. */
  *list(prefix = ''): Generator<Shown> {
    for (const [conversation, { text, count, others, last }] of this.#counts) {
      if (!conversation.startsWith(prefix)) continue;
      yield { conversation, texts: Object.fromEntries([[text, count], ...(others ?? [])]), last };
    }
  }

  /** Forgets the counts, not the conversations. */
  clear(): void {
    this.#counts.clear();
    this.#shown = 0;
    this.#repeated = 0;
  }
}
