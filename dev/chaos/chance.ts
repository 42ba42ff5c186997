/**
 * Chance with a seed: the same seed gives the same decisions in the same order, so that a run that went wrong can be
 * made again. The generator is mulberry32.
 */
export class Chance {
  #state: number;

  /** `seed`: any whole number; its lowest 32 bits count. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** Throws RangeError for an empty list. */
  pick<T>(choices: readonly T[]): T {
    const index = this.whole(0, choices.length - 1);
    if (index < 0 || index >= choices.length) throw new RangeError('There is nothing to pick from.');
    // The index lies within the list, whose elements may be `undefined` themselves.
    return choices[index] as T;
  }

  /** `count` different elements, all of them when there are no more. */
  pickSome<T>(choices: readonly T[], count: number): T[] {
    const left = [...choices];
    const picked: T[] = [];
    while (picked.length < count && left.length > 0) {
      picked.push(...left.splice(this.whole(0, left.length - 1), 1));
    }
    return picked;
  }

  /** Chance of its own for one part of a run: what other parts draw does not change it. */
  fork(part: number): Chance {
    return new Chance(Math.imul(this.#state ^ (part + 1), 0x9e3779b1) ^ (part << 16));
  }
}
