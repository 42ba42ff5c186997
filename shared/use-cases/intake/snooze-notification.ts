import { readSnoozed, SNOOZED, type Snoozed, snoozedData } from '../../catalog/notification-snoozed.ts';
import { defined } from '../../domain/defined.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { type ConversationKey, type NotificationId, notificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { isForgotten } from '../delivery/is-cancelled.ts';
import { type WasToldDeps, wasTold } from '../delivery/was-told.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import type { Announce } from './announce.ts';

const SOURCE = '/snoozed';

export type Snoozing =
  | { readonly kind: 'snoozed'; readonly until: Instant }
  /** It was put off before, until then: it comes once. */
  | { readonly kind: 'snoozed-before'; readonly until: Instant }
  /** It asks something, and stays open until it is answered. */
  | { readonly kind: 'question' }
  /** This conversation never got it, or it is no longer kept. */
  | { readonly kind: 'no-such' };

export type SnoozeNotification = (wish: {
  readonly notification: NotificationId;
  readonly conversation: ConversationKey;
  readonly until: Instant;
}) => Promise<Snoozing>;

/** The notification that says it once more: one for each delivery, so that it comes once however often it is asked for. */
export function snoozedId(notification: NotificationId, conversation: ConversationKey): NotificationId {
  return notificationId(SOURCE, eventIdOf(notification, conversation));
}

/**
 * Tells one notification once more, later, in the conversation that it reached: nobody learns by it what was told to
 * others. Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function snoozeNotification(
  deps: WasToldDeps & {
    readonly notifications: NotificationStore;
    readonly particulars: ParticularsStore;
    readonly announce: Announce;
    readonly kinds: Pick<AllKinds, 'entryOf'>;
  },
): SnoozeNotification {
  const told = wasTold(deps);

  return async ({ notification: id, conversation, until }) => {
    const notification = await deps.notifications.findNotification(id);
    if (notification === undefined || isForgotten(notification)) return { kind: 'no-such' };
    const shown = await told({ notification: id, conversation });
    if (shown === undefined) return { kind: 'no-such' };
    if (deps.kinds.entryOf(notification.type)?.question?.(notification.data) !== undefined)
      return { kind: 'question' };

    const known = await deps.notifications.findNotification(snoozedId(id, shown.conversation));
    const at = known?.time ?? until;
    await deps.announce({
      source: SOURCE,
      // After the delivery that was shown: by its row it is found where the person is forgotten.
      eventId: eventIdOf(id, shown.conversation),
      type: SNOOZED,
      data: known?.data ?? snoozedData(await original(notification, shown.conversation)),
      conversation,
      delivery: { mode: 'adHoc', onUnconfirmed: notification.delivery.onUnconfirmed },
      at,
      ...defined({ traceparent: notification.traceparent }),
    });
    return known === undefined ? { kind: 'snoozed', until: at } : { kind: 'snoozed-before', until: at };
  };

  /** What was shown: of one that was snoozed already, what that one showed. */
  async function original(notification: Notification, conversation: ConversationKey): Promise<Snoozed> {
    if (notification.type === SNOOZED) return readSnoozed(notification.data);
    const particulars = await deps.particulars.findParticulars({
      notification: notification.id,
      conversation,
    });
    return {
      type: notification.type,
      data: notification.data,
      ...defined({ particulars }),
    };
  }
}

function eventIdOf(notification: NotificationId, conversation: ConversationKey): string {
  return `${notification}.${conversation}`;
}
