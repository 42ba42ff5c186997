import type { Conversation } from '../conversations/conversation.ts';
import { CrowdMessages } from './crowd-messages.ts';
import type { Entry } from './entry.ts';
import type { Journal } from './journal.ts';
import { ShownCounts } from './shown-counts.ts';
import { Transcript } from './transcript.ts';

/** The transcripts of all conversations, and the counts of the crowds. */
export class Transcripts {
  readonly shown = new ShownCounts();
  /** Not in the journal: a channel that is started again has forgotten them. */
  readonly crowdMessages = new CrowdMessages();
  readonly #byConversation = new Map<string, Transcript>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  of(conversation: Pick<Conversation, 'id'>): Transcript {
    const { id } = conversation;
    const known = this.#byConversation.get(id);
    if (known) return known;
    const transcript = new Transcript((entry) => this.#journal.append({ t: 'entry', c: id, e: entry }));
    this.#byConversation.set(id, transcript);
    return transcript;
  }

  /** Counts a message to a conversation of a crowd. */
  count(conversation: string, text: string, hash: string): void {
    this.shown.add(conversation, text, hash);
    this.#journal.append({ t: 'shown', c: conversation, k: text, n: 1, h: hash });
  }

  /** Forgets the counts of the crowds. */
  clearCounts(): void {
    this.shown.clear();
    this.crowdMessages.clear();
    this.#journal.append({ t: 'shown-cleared' });
  }

  /** Every entry of every conversation, in order within each. */
  *all(): Generator<[conversation: string, entry: Entry]> {
    for (const [conversation, transcript] of this.#byConversation) {
      for (const entry of transcript.entries()) yield [conversation, entry];
    }
  }

  /** Compact counts, by conversation. */
  summary(): { shown: number; byConversation: Record<string, number> } {
    const byConversation = Object.fromEntries(
      [...this.#byConversation].map(([id, transcript]) => [id, transcript.shownByBot]),
    );
    return { shown: Object.values(byConversation).reduce((sum, count) => sum + count, 0), byConversation };
  }
}
