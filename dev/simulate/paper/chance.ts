import type { Duration } from '../../../shared/domain/time.ts';
import type { Random } from '../../../shared/ports/random.ts';
import { drawn, type Latency } from '../../teams-channel-local/limits/latency.ts';

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

  /** How long something takes this time. */
  duration(latency: Latency): Duration {
    return drawn(latency, () => this.next());
  }
}
