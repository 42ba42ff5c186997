import { defined } from '../../domain/defined.ts';
import {
  type DeliveryOptions,
  defaultDelivery,
  type JsonObject,
  type Notification,
} from '../../domain/event/notification.ts';
import { type ConversationKey, type NotificationId, notificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { PlanNotification } from './plan-notification.ts';

/** Something that the app itself has to say in one conversation: a reminder, an answer that took a while. */
export interface Announcement {
  /** With `eventId` it names the notification: announced again, it reaches nobody twice. A path such as `/reminders`. */
  readonly source: string;
  readonly eventId: string;
  /** The type of a catalog entry, whose `plan` would accept `data`. */
  readonly type: string;
  readonly data: JsonObject;
  readonly conversation: ConversationKey;
  readonly delivery?: Partial<DeliveryOptions>;
  /** When to say it; default: now. */
  readonly at?: Instant;
  readonly traceparent?: string;
}

export type Announce = (announcement: Announcement) => Promise<NotificationId>;

/**
 * Sends what the app itself has to say the one way that every proactive message takes.
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function announce(deps: {
  readonly notifications: NotificationStore;
  readonly plan: PlanNotification;
  readonly clock: Clock;
}): Announce {
  return async (announcement) => {
    const { at } = announcement;
    const notification = toNotification(announcement, deps.clock.now());
    const stored = await deps.notifications.acceptNotification(notification);
    if (stored === 'known' && (await deps.notifications.isPlanned(notification.id))) return notification.id;
    await deps.plan(notification, at);
    return notification.id;
  };
}

/** The notification that an announcement asks for. */
export function toNotification(announcement: Announcement, now: Instant): Notification {
  const { source, eventId, type, data, conversation, delivery, at, traceparent } = announcement;
  return {
    id: notificationId(source, eventId),
    type,
    source,
    eventId,
    time: at ?? now,
    acceptedAt: now,
    data,
    to: [{ conversation }],
    delivery: { ...defaultDelivery, ...delivery },
    ...defined({ traceparent }),
  };
}
