import type { NotificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** A notification, and when it was accepted. */
export interface Listed {
  readonly notification: NotificationId;
  readonly acceptedAt: Instant;
}

/**
 * Notifications by the time they were accepted. The stores write it along with what they accept, and remove it with that; one
 * of which nothing else is stored is left out by whoever reads. May throw `StoreUnavailable`.
 */
export interface NotificationListing {
  /**
   * What was accepted at or after `since` and at or before `until`, or stands behind `behind` in this order: newest first,
   * those of one instant by id. Read as it is drawn.
   */
  acceptedBetween(since: Instant, until: Instant | { readonly behind: Listed }): AsyncIterable<Listed>;
}
