import { setImmediate as macrotask } from 'node:timers/promises';
import type { Duration, Instant } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

interface Due {
  readonly at: Instant;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * A clock that jumps to whatever comes next. Everything that waits for nothing but this clock runs to its next wait
 * before the time moves on, so a run gives the same result on every machine.
 */
export class VirtualTime implements Clock {
  #now: Instant;
  #order = 0;
  /** A binary heap, the earliest first; what is due at one instant comes in the order it was asked for. */
  readonly #heap: Due[] = [];

  constructor(begin: Instant) {
    this.#now = begin;
  }

  /** Whole milliseconds, as a process reads them. */
  now(): Instant {
    return Math.floor(this.#now);
  }

  /** With fractions of a millisecond. */
  exactly(): Instant {
    return this.#now;
  }

  wait(delay: Duration): Promise<void> {
    return new Promise((resolve) => this.at(this.#now + Math.max(0, delay), resolve));
  }

  at(at: Instant, wake: () => void): void {
    this.#push({ at: Math.max(at, this.#now), order: this.#order++, wake });
  }

  /** Runs until nothing is due any more, or `isOver`. Throws the signal's reason when it is aborted. */
  async run(signal: AbortSignal | undefined, isOver: () => boolean): Promise<void> {
    await macrotask();
    for (let next = this.#pop(); next !== undefined && !isOver(); next = this.#pop()) {
      signal?.throwIfAborted();
      this.#now = next.at;
      next.wake();
      await macrotask();
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let index = heap.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(due, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = due;
  }

  #pop(): Due | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      const smaller = right !== undefined && isBefore(right, left) ? right : left;
      if (smaller === right) child += 1;
      if (!isBefore(smaller, last)) break;
      heap[index] = smaller;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at === b.at ? a.order < b.order : a.at < b.at;
}
