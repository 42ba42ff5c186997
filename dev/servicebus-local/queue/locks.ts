import { randomUUID } from 'node:crypto';

/** A receiver's hold on a message. */
export interface Lock {
  /** A uuid without dashes, in its plain order. */
  readonly token: string;
  readonly sequence: number;
  /** ms since 1970; from then on the lock is lost. */
  readonly until: number;
}

/**
 * The locks of a queue. All of a queue's locks last equally long, so that insertion order is the order of expiry:
 * a renewal goes to the end.
 */
export class Locks {
  readonly #byToken = new Map<string, Lock>();

  get size(): number {
    return this.#byToken.size;
  }

  grant(sequence: number, until: number): Lock {
    return this.put({ token: randomUUID().replaceAll('-', ''), sequence, until });
  }

  /** Adds a lock that has a token already, or renews the one of this token. */
  put(lock: Lock): Lock {
    this.#byToken.delete(lock.token);
    this.#byToken.set(lock.token, lock);
    return lock;
  }

  find(token: string): Lock | undefined {
    return this.#byToken.get(token);
  }

  drop(lock: Lock): void {
    this.#byToken.delete(lock.token);
  }

  /** The locks that end at or before `until`, oldest first. They stay until they are dropped. */
  endingBy(until: number): Lock[] {
    const found: Lock[] = [];
    for (const lock of this.#byToken.values()) {
      if (lock.until > until) break;
      found.push(lock);
    }
    return found;
  }

  /** When the next lock ends; `Infinity` without locks. */
  earliestEnd(): number {
    for (const lock of this.#byToken.values()) return lock.until;
    return Number.POSITIVE_INFINITY;
  }
}
