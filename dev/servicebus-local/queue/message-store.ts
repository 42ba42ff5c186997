import type { MessageState, StoredMessage } from './stored-message.ts';

/** Removed sequence numbers that the order may carry before it is cleaned. */
const slack = 64;

/**
 * The messages of a queue by sequence number, and in that order. Removal leaves a gap in the order that is closed
 * in bulk, so that a long queue drains without moving its tail for every message.
 */
export class MessageStore {
  readonly #bySequence = new Map<number, StoredMessage>();
  readonly #inState: Record<MessageState, number> = { active: 0, deferred: 0, scheduled: 0 };
  #order: number[] = [];
  #bytes = 0;

  get size(): number {
    return this.#bySequence.size;
  }

  /** Bytes of all messages as they were sent. */
  get bytes(): number {
    return this.#bytes;
  }

  countOf(state: MessageState): number {
    return this.#inState[state];
  }

  get(sequence: number): StoredMessage | undefined {
    return this.#bySequence.get(sequence);
  }

  add(stored: StoredMessage): void {
    const { sequence } = stored;
    this.#bySequence.set(sequence, stored);
    this.#inState[stored.state] += 1;
    this.#bytes += stored.message.wire.length;
    const last = this.#order.at(-1);
    if (last === undefined || last < sequence) this.#order.push(sequence);
    else this.#order.splice(this.#positionOf(sequence), 0, sequence);
  }

  remove(stored: StoredMessage): void {
    if (!this.#bySequence.delete(stored.sequence)) return;
    this.#inState[stored.state] -= 1;
    this.#bytes -= stored.message.wire.length;
    if (this.#order.length > 2 * this.#bySequence.size + slack) {
      this.#order = this.#order.filter((sequence) => this.#bySequence.has(sequence));
    }
  }

  setState(stored: StoredMessage, state: MessageState): void {
    this.#inState[stored.state] -= 1;
    this.#inState[state] += 1;
    stored.state = state;
  }

  setMessage(stored: StoredMessage, message: StoredMessage['message']): void {
    this.#bytes += message.wire.length - stored.message.wire.length;
    stored.message = message;
  }

  /** The messages from this sequence number on, in order. The store must not change while they are read. */
  *from(sequence: number): Iterable<StoredMessage> {
    for (let at = this.#positionOf(sequence); at < this.#order.length; at += 1) {
      const stored = this.#bySequence.get(this.#order[at] ?? -1);
      if (stored) yield stored;
    }
  }

  #positionOf(sequence: number): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#order[middle] ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
