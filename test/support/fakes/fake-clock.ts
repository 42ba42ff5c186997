import type { Duration, Instant } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

/** Stands still until it is moved. Begins at 2026-11-23T09:00:00Z, a Monday. */
export class FakeClock implements Clock {
  #now: Instant;

  constructor(now: Instant = Date.UTC(2026, 10, 23, 9)) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  set(now: Instant): void {
    this.#now = now;
  }

  advance(by: Duration): void {
    this.#now += by;
  }
}
