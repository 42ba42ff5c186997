import type { Duration } from '../../../shared/domain/time.ts';
import type { Random } from '../../../shared/ports/random.ts';

/** How long something takes: at least `least`, and on average `jitter` longer, with a long tail. */
export interface Latency {
  readonly least: Duration;
  readonly jitter: Duration;
}

/** Numbers that look random and are the same in every run with one seed (mulberry32). */
export class Chance implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Exponential beyond the least, cut at ten times the jitter: rarer stalls are outages, which this is no model of. */
  duration({ least, jitter }: Latency): Duration {
    return least + Math.min(10, -Math.log(1 - this.next())) * jitter;
  }
}
