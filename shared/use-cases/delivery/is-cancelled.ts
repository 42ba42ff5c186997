import { type DeliveryRow, Outcome } from '../../domain/delivery/delivery.ts';
import { isCancelledBy } from '../../domain/event/cancellation.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Final } from './decision.ts';

/** Whether nobody is to be told of it any more, as far as this process can know. Throws `StoreUnavailable`. */
export async function isCancelled(
  { notifications }: { readonly notifications: Pick<NotificationStore, 'findCancellation'> },
  { id, acceptedAt }: Pick<Notification, 'id' | 'acceptedAt'>,
): Promise<boolean> {
  return isCancelledBy(await notifications.findCancellation(id), { acceptedAt });
}

/** The same of a notification that may not have been read yet. */
export async function isIdCancelled(
  {
    notifications,
  }: { readonly notifications: Pick<NotificationStore, 'findCancellation' | 'findNotification'> },
  id: NotificationId,
): Promise<boolean> {
  const mark = await notifications.findCancellation(id);
  if (mark === undefined) return false;
  const notification = await notifications.findNotification(id);
  return notification !== undefined && isCancelledBy(mark, notification);
}

/** What stands in the place of the source and the event of a notification that somebody had forgotten. */
export const FORGOTTEN = { source: 'forgotten', eventId: 'forgotten' } as const;

/** Of a notification that somebody had forgotten, nothing is left but its report: it is told nobody, whoever is back. */
export function isForgotten({
  source,
  eventId,
  to,
}: Pick<Notification, 'source' | 'eventId' | 'to'>): boolean {
  // A service may say the same of an event of its own: that one is to somebody.
  return source === FORGOTTEN.source && eventId === FORGOTTEN.eventId && to.length === 0;
}

/** Nobody may be told any more. One whose result is unknown may have been seen, so that is what it ends as. */
export function endedByCancel(row?: DeliveryRow, as: Outcome = Outcome.cancelled): Final {
  const mayBeSeen = row !== undefined && row.unconfirmed > 0;
  return { do: 'final', outcome: mayBeSeen ? Outcome.unconfirmed : as };
}
