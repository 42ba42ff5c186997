import type { Random } from '../../../shared/ports/random.ts';

/** Gives the same number every time: 0.5, the middle of every jitter, unless told otherwise. */
export class FixedRandom implements Random {
  value: number;

  constructor(value = 0.5) {
    this.value = value;
  }

  next(): number {
    return this.value;
  }
}
