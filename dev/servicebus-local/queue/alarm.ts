import type { Clock } from '../clock.ts';

/** One timer for the earliest of many due times. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #at = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => {};

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings at `at` (ms since 1970) unless it rings earlier anyway. Whoever is rung sets the next time. */
  ringBy(at: number): void {
    if (at >= this.#at) return;
    this.stop();
    this.#at = at;
    this.#cancel = this.#clock.wakeAt(at, () => {
      this.#at = Number.POSITIVE_INFINITY;
      this.#ring();
    });
  }

  stop(): void {
    this.#cancel();
    this.#at = Number.POSITIVE_INFINITY;
  }
}
