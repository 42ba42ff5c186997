import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** The notification with what it says to this one conversation only, for kinds that do; else the very same object. */
export type ReadParticulars = (
  notification: Notification,
  conversation: ConversationKey,
) => Promise<Notification>;

/** Whoever renders a notification for a person asks for it first. Throws `StoreUnavailable`. */
export function readParticulars(deps: {
  readonly particulars: ParticularsStore;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
}): ReadParticulars {
  return async (notification, conversation) => {
    if (deps.kinds.entryOf(notification.type)?.particularsExample === undefined) return notification;
    const particulars = await deps.particulars.findParticulars({
      notification: notification.id,
      conversation,
    });
    return particulars === undefined ? notification : { ...notification, particulars };
  };
}
