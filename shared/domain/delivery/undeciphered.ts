import { type Duration, type Instant, seconds } from '../time.ts';

/** Refusals in a row of a conversation's id that the channel says it cannot read. */
export interface Undeciphered {
  readonly count: number;
  /** When the first of them came. */
  readonly since: Instant;
}

/**
 * After so many refusals, over so long, the person is asked for by their Entra object id, once: the bot may have another
 * identity now. Where that is refused, too, the channel has an outage.
 */
const ENOUGH = 3;
const FOR_SO_LONG: Duration = seconds(5);

/**
 * Between the first refusals: the third comes 6 s after the first at the earliest, and with the jitter of `retryDelay` and a
 * free tenant 8 s after it.
 */
const BETWEEN: Duration = seconds(3);

/** Whether one more refusal, now, is the one after which the person is asked for by their object id. */
export function isEnough(before: Undeciphered | undefined, now: Instant): boolean {
  return before?.count === ENOUGH - 1 && now - before.since >= FOR_SO_LONG;
}

/** How things stand after one more refusal at `at`. */
export function oneMore(before: Undeciphered | undefined, at: Instant): Undeciphered {
  if (before === undefined) return { count: 1, since: at };
  // Too soon, it counts as the one before.
  const isTooSoon = before.count === ENOUGH - 1 && !isEnough(before, at);
  return { count: before.count + (isTooSoon ? 0 : 1), since: before.since };
}

/** How long to wait after it; `undefined` when it is an outage, which is retried like any other. */
export function waitAfter({ count }: Undeciphered): Duration | undefined {
  return count < ENOUGH ? BETWEEN : undefined;
}
