import { defined } from '../../domain/defined.ts';
import { isListed, type Notification } from '../../domain/event/notification.ts';
import { describeFaults, type Fault } from '../../domain/fault.ts';
import { hashOf } from '../../domain/hash.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking, ParkingReason } from '../../ports/event/parking.ts';
import type { TopicActivity } from '../../ports/event/topic-activity.ts';
import type { Log } from '../../ports/log.ts';
import type { EventBody } from '../../ports/queues.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { checkEvent } from './check-event.ts';
import { noteTopic } from './note-topic.ts';
import type { PlanNotification } from './plan-notification.ts';
import { tellable } from './unknown-fields.ts';

/** An event as it came from the queue. */
export interface ReceivedEvent extends EventBody {
  /** The CloudEvent in structured form, or whatever came in its place. */
  readonly envelope: unknown;
  readonly at: Instant;
  /** When it came onto the queue, by the broker: an event that names no time happened then. */
  readonly enqueuedAt?: Instant;
  readonly traceparent?: string;
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly notification: NotificationId; readonly recipients: number }
  /** The same `(source, id)` again: whatever was left undone was done, and nobody is told twice. */
  | { readonly kind: 'known'; readonly notification: NotificationId }
  | { readonly kind: 'parked'; readonly reason: ParkingReason; readonly faults: readonly Fault[] };

export type AcceptEvent = (received: ReceivedEvent) => Promise<Acceptance>;

/**
 * Takes one event: stores the notification once and plans its deliveries, or parks what cannot be used.
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function acceptEvent(deps: {
  readonly notifications: NotificationStore;
  readonly parking: Parking;
  readonly plan: PlanNotification;
  readonly kinds: Pick<AllKinds, 'onAccepted' | 'entryOf' | 'knownTypes'>;
  readonly topicActivity: TopicActivity;
  readonly clock: Clock;
  readonly log: Log;
}): AcceptEvent {
  const topics = noteTopic(deps);
  return async (received) => {
    const checked = checkEvent(received.envelope, received, deps.kinds);
    if (!checked.ok) {
      await deps.parking.parkItem({
        id: parkedId(received),
        kind: 'event',
        reason: checked.reason,
        faults: checked.faults,
        original: received.original,
        ...defined({
          bytes: received.bytes,
          properties: received.properties,
          traceparent: received.traceparent,
        }),
        parkedAt: deps.clock.now(),
      });
      deps.log.warn('event.parked', {
        reason: checked.reason,
        faults: checked.faults.length,
        paths: describePaths(checked.faults),
        traceparent: received.traceparent,
      });
      return { kind: 'parked', reason: checked.reason, faults: checked.faults };
    }

    const { notification, unknown } = checked;
    const stored = await deps.notifications.acceptNotification(notification);
    const as = isListed(notification) ? 'listed' : undefined;
    if (stored === 'known' && (await deps.notifications.isPlanned(notification.id, as))) {
      deps.log.info('event.repeated', {
        notification: notification.id,
        traceparent: notification.traceparent,
      });
      return { kind: 'known', notification: notification.id };
    }
    // The first one of two that differ under one id stands, also when it is this run that finishes its plan.
    const first =
      stored === 'new'
        ? notification
        : ((await deps.notifications.findNotification(notification.id)) ?? notification);
    await deps.kinds.onAccepted(first);
    const planned = await deps.plan(first);
    // One that is for a time is counted once it begins to go out.
    if (stored === 'new' && first.delivery.at === undefined) await topics.sent(first);
    if (stored === 'new' && unknown.length > 0) noteUnknown(first, unknown);
    deps.log.info('event.accepted', {
      notification: first.id,
      type: first.type,
      recipients: planned.direct,
      walks: planned.walks,
      unknown: planned.unknown,
      traceparent: first.traceparent,
    });
    return { kind: 'accepted', notification: first.id, recipients: planned.direct };
  };

  /** What somebody wrote and nothing came of: most likely a name that was misspelt. */
  function noteUnknown({ id, type, traceparent }: Notification, unknown: readonly string[]): void {
    deps.log.info('event.unknown-fields', {
      notification: id,
      type,
      count: unknown.length,
      fields: tellable(unknown).join(' '),
      traceparent,
    });
  }
}

/** What is wrong with an event, for a person: `data.to: must be …; data.text: …`. */
export const explain = describeFaults;

function describePaths(faults: readonly Fault[]): string {
  return faults
    .slice(0, 10)
    .map(({ path }) => path)
    .join(' ');
}

/** The same event parked twice is parked once. */
function parkedId(received: ReceivedEvent): string {
  return hashOf(JSON.stringify(received.properties ?? {}), '\n', received.bytes ?? received.original);
}
