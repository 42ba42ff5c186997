import { type Duration, days, type Instant, seconds } from '../time.ts';
import type { Notification } from './notification.ts';

/** That a notification is to reach nobody any more. One mark a notification; the first one stands. */
export interface Cancellation {
  readonly at: Instant;
  /** Members of its groups that nobody had addressed when its walks were ended; absent where that is not known. */
  readonly notAddressed?: number;
  /** What was shown is taken back, too. */
  readonly recall?: true;
}

/** So long a cancel is remembered whose notification is not known yet. */
export const REMEMBERED: Duration = days(1);

/** What a process knows of a mark is no older than this when it makes a request: half of what the contract allows. */
export const KNOWN_WITHIN: Duration = seconds(1);

/** From so long after the answer to a cancel no request begins. */
export const EFFECTIVE_AFTER: Duration = seconds(2);

/** Whether a mark is about this notification: one that was accepted long after is another one that has the same name. */
export function isCancelledBy(
  cancellation: Cancellation | undefined,
  { acceptedAt }: Pick<Notification, 'acceptedAt'>,
): cancellation is Cancellation {
  return cancellation !== undefined && acceptedAt <= cancellation.at + REMEMBERED;
}
