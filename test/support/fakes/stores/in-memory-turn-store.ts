import {
  noTurns,
  statusOf,
  type TurnPlace,
  type TurnState,
} from '../../../../shared/domain/conversation/turn-state.ts';
import { type ConversationKey, isConversationKey, type PersonKey } from '../../../../shared/domain/ids.ts';
import type { LoadedTurns, TurnStore } from '../../../../shared/ports/conversation/turn-store.ts';
import type { InMemoryDirectory } from './in-memory-directory.ts';

export class InMemoryTurnStore implements TurnStore {
  readonly #directory: InMemoryDirectory;
  readonly #states = new Map<string, { readonly text: string; readonly tag: string }>();
  #writes = 0;

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async loadTurns(place: TurnPlace): Promise<LoadedTurns> {
    const stored = this.#states.get(nameOf(place));
    if (stored === undefined) return { state: noTurns };
    if (stored.text === UNREADABLE) return { state: noTurns, tag: stored.tag, unreadable: true };
    // As the table gives it back: what JSON keeps of it.
    return { state: JSON.parse(stored.text) as TurnState, tag: stored.tag };
  }

  async saveTurns(
    place: TurnPlace,
    state: TurnState,
    tag?: string,
  ): Promise<{ readonly tag: string } | 'lost'> {
    if (this.#states.get(nameOf(place))?.tag !== tag) return 'lost';
    const { conversation, within } = place;
    if (place.speaker === undefined && place.isApart !== true) {
      const status = statusOf(state);
      if (within === undefined) this.#directory.dialogs.set(conversation, status);
      else this.#directory.dialogsElsewhere.set(conversation, { of: within, status });
    }
    return this.#put(place, JSON.stringify(state));
  }

  /** Of one person in a group, or of a whole conversation. */
  remove(conversation: ConversationKey, speaker?: PersonKey): void {
    for (const name of this.#states.keys()) {
      if (
        speaker === undefined ? name.startsWith(conversation) : name === nameOf({ conversation, speaker })
      ) {
        this.#states.delete(name);
      }
    }
    if (speaker !== undefined) return;
    this.#directory.dialogs.delete(conversation);
    this.#directory.dialogsElsewhere.delete(conversation);
  }

  /** The groups in which somebody spoke. */
  placesOf(person: PersonKey): readonly ConversationKey[] {
    return [...this.#states.keys()]
      .filter((name) => name.endsWith(`:s:${person}`))
      .map((name) => name.split(':')[0])
      .filter((key) => key !== undefined && isConversationKey(key));
  }

  /** What another version of the app has left behind. */
  spoil(place: TurnPlace): void {
    this.#put(place, UNREADABLE);
  }

  #put(place: TurnPlace, text: string): { readonly tag: string } {
    this.#writes += 1;
    const tag = String(this.#writes);
    this.#states.set(nameOf(place), { text, tag });
    return { tag };
  }
}

const UNREADABLE = 'another version';

function nameOf({ conversation, within, speaker }: TurnPlace): string {
  return `${conversation}:${within === undefined ? '' : `c:${within}`}${speaker === undefined ? '' : `s:${speaker}`}`;
}
