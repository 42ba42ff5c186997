/** What is remembered of an accepted message id. */
export interface Seen {
  /** ms since 1970. */
  readonly at: number;
  /** The sequence number that the first message of this id got. */
  readonly sequence: number;
}

/**
 * The message ids of the last `windowMs`. Two generations, exchanged once per window: an id is forgotten in O(1)
 * and without a timer, and at most two windows of ids are in memory.
 */
export class DuplicateHistory {
  readonly #windowMs: number;
  #current = new Map<string, Seen>();
  #previous = new Map<string, Seen>();
  #since = Number.NEGATIVE_INFINITY;

  /** A window of 0 remembers nothing: duplicate detection is off. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  get isOn(): boolean {
    return this.#windowMs > 0;
  }

  /** The first message of this id when it came less than a window ago. A repeat does not prolong the window. */
  find(id: string, now: number): Seen | undefined {
    const seen = this.#current.get(id) ?? this.#previous.get(id);
    return seen && now - seen.at < this.#windowMs ? seen : undefined;
  }

  remember(id: string, seen: Seen): void {
    if (!this.isOn) return;
    if (seen.at - this.#since >= this.#windowMs) {
      this.#previous = seen.at - this.#since < 2 * this.#windowMs ? this.#current : new Map();
      this.#current = new Map();
      this.#since = seen.at;
    }
    this.#current.set(id, seen);
  }

  *entries(now: number): Iterable<[string, Seen]> {
    for (const generation of [this.#previous, this.#current]) {
      for (const entry of generation) if (now - entry[1].at < this.#windowMs) yield entry;
    }
  }
}
