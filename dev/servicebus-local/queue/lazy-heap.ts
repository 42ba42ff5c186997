import { MinHeap } from './heap.ts';

/** Stale items that may stay before the heap is cleaned for the first time. */
const slack = 1024;

/**
 * A min-heap whose items can lose their meaning while they wait (a message completed before its time to live
 * ended). Stale items are skipped, and swept out when they could be the larger part, so that memory follows
 * what is live.
 */
export class LazyHeap<T> {
  readonly #heap: MinHeap<T>;
  readonly #isLive: (item: T) => boolean;
  #cleanAt = slack;

  constructor(before: (a: T, b: T) => boolean, isLive: (item: T) => boolean) {
    this.#heap = new MinHeap(before);
    this.#isLive = isLive;
  }

  /** All items, stale ones included. */
  get size(): number {
    return this.#heap.size;
  }

  push(item: T): void {
    this.#heap.push(item);
    if (this.#heap.size <= this.#cleanAt) return;
    this.#heap.retain(this.#isLive);
    this.#cleanAt = 2 * this.#heap.size + slack;
  }

  /** The first live item. */
  peek(): T | undefined {
    for (let top = this.#heap.peek(); top !== undefined; top = this.#heap.peek()) {
      if (this.#isLive(top)) return top;
      this.#heap.pop();
    }
    return undefined;
  }

  /** Takes the first live item. */
  pop(): T | undefined {
    const top = this.peek();
    if (top !== undefined) this.#heap.pop();
    return top;
  }
}
