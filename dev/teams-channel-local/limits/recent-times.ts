import type { Rule } from './rules.ts';

/** A conversation that is written to once should not cost more memory than that. */
const FIRST_CAPACITY = 4;

/**
 * The times of the last requests, in a ring that grows up to what its rules need. Whether one more request fits a
 * window is one look at the request `count` places back, however full the window is.
 */
export class RecentTimes {
  #ring: number[] = [];
  #next = 0;
  #size = 0;

  /** How long one more request at `now` would have to wait, in milliseconds; 0 when it fits every rule. */
  waitMs(rules: readonly Rule[], now: number): number {
    let wait = 0;
    for (const { count, windowMs } of rules) {
      if (this.#size < count) continue;
      const oldest = this.#ring[(this.#next - count + this.#ring.length) % this.#ring.length] ?? 0;
      wait = Math.max(wait, oldest + windowMs - now);
    }
    return wait;
  }

  /** Remembers a request. `capacity` is the largest count of any rule. */
  add(now: number, capacity: number): void {
    if (this.#next === this.#ring.length) this.#wrapOrGrow(capacity);
    this.#ring[this.#next++] = now;
    this.#size = Math.min(this.#size + 1, this.#ring.length);
  }

  /** The ring was written to its end: begin again at its start, or make it longer while all of it is needed. */
  #wrapOrGrow(capacity: number): void {
    const { length } = this.#ring;
    if (length >= capacity) {
      this.#next = 0;
      return;
    }
    const grown = Math.min(capacity, Math.max(FIRST_CAPACITY, length * 2));
    this.#ring = this.#ring.concat(new Array<number>(grown - length).fill(0));
    this.#next = length;
  }
}
