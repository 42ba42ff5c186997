import type { Instant } from '../domain/time.ts';

/** Tells the time. The only source of "now" for rules and use cases. */
export interface Clock {
  now(): Instant;
}
