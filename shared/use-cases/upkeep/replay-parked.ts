import { isDirect, type Recipient } from '../../domain/event/notification.ts';
import { isConversationKey, notificationId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { type ParkedItem, type Parking, ParkingReason } from '../../ports/event/parking.ts';
import type { DeliveryQueue, EventQueue, MessageReturn } from '../../ports/queues.ts';
import { homeOf } from '../conversation/find-addressee.ts';
import { type FindNamedDeps, findNamed } from '../conversation/find-named.ts';
import type { PlanNotification } from '../intake/plan-notification.ts';
import type { StartWork } from '../intake/start-work.ts';
import { lookUpWork, namesAnybody, planUnknown } from './look-up-parked.ts';
import { type Reopening, reopenDelivery, unusable } from './reopen-delivery.ts';
import { unknownRecipients } from './unknown-recipients.ts';

/** What a replay did, or would do (`dryRun`). */
export type Replay =
  | { readonly kind: 'not-found' }
  /** Back on its queue; no longer parked, unless it was found unusable again. */
  | { readonly kind: 'queued'; readonly queue: string }
  /** Recipients that nobody knew: `known` of them are addressed now, `unknown` stay parked. */
  | { readonly kind: 'planned'; readonly known: number; readonly unknown: number }
  /** Recipients that the app may look up in a directory: it does, and whom it does not find stays parked. */
  | { readonly kind: 'handed-over' }
  /** A delivery. */
  | Reopening;

export type ReplayParked = (id: string, options?: { readonly dryRun?: boolean }) => Promise<Replay>;

export interface ReplayDeps extends FindNamedDeps {
  readonly parking: Parking;
  readonly ledger: Ledger;
  readonly notifications: NotificationStore;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly events: EventQueue;
  readonly messages: MessageReturn;
  readonly plan: PlanNotification;
  readonly startWork: StartWork;
  readonly clock: Clock;
}

/**
 * Gives something that was parked another run: an event goes back on its queue, recipients that nobody knew are looked
 * up again, a delivery that reached nobody for certain is opened again.
 *
 * The parked row goes last, and only while it is the one that was read: what is parked again in the meantime stays. So
 * a crash anywhere leaves it parked, and replaying twice, or by two people at once, does what one replay does.
 * Throws `StoreUnavailable` or `QueueUnavailable`; call it again then.
 */
export function replayParked(deps: ReplayDeps): ReplayParked {
  const reopen = reopenDelivery(deps);

  return async (id, options) => {
    const item = await deps.parking.findParked(id);
    if (item === undefined) return { kind: 'not-found' };
    const dryRun = options?.dryRun ?? false;
    switch (item.kind) {
      case 'event':
        return item.reason === ParkingReason.noSuchRecipient ? planAnew(item, dryRun) : requeue(item, dryRun);
      case 'delivery':
        return reopen(item, dryRun);
      case 'message':
        return giveBack(item, dryRun);
    }
  };

  async function requeue(item: ParkedItem, dryRun: boolean): Promise<Replay> {
    if (!dryRun) {
      // Met twice, by a crash before the next line, the event is told apart by its source and id.
      await deps.events.putBackEvent(item, deps.clock.now());
      await deps.parking.dropParked(item.id, item.tag);
    }
    return { kind: 'queued', queue: 'events' };
  }

  async function giveBack(item: ParkedItem, dryRun: boolean): Promise<Replay> {
    const queue = item.properties?.queue;
    if (queue === undefined) return unusable('properties.queue', 'names no queue; drop it');
    if (!dryRun) {
      await deps.messages.putBackMessage(queue, item.original);
      await deps.parking.dropParked(item.id, item.tag);
    }
    return { kind: 'queued', queue };
  }

  /** The event itself was accepted and would be recognised, so its unknown recipients are planned by themselves. */
  async function planAnew(item: ParkedItem, dryRun: boolean): Promise<Replay> {
    const read = unknownRecipients(item.original);
    if (!read.ok) return { kind: 'unusable', faults: read.faults };
    const { event, to } = read;
    const stored = await deps.notifications.findNotification(notificationId(event.source, event.id));
    if (stored === undefined) return requeue(item, dryRun);
    // Its walks are over, and a list is made once.
    if (!to.every(isDirect))
      return unusable(
        'data.to',
        'names an audience that was not stored then; publish the event again under another id, and drop this',
      );
    // Whoever replays may not ask the directory; the app plans it as it would a new event.
    if (namesAnybody(to)) {
      if (!dryRun) await deps.startWork(lookUpWork(item));
      return { kind: 'handed-over' };
    }
    if (dryRun) {
      const met = await Promise.all(to.map(isMet));
      const known = met.filter(Boolean).length;
      return { kind: 'planned', known, unknown: to.length - known };
    }
    const unknown = await planUnknown(deps, { item, stored, to });
    return { kind: 'planned', known: to.length - unknown, unknown };
  }

  async function isMet(entry: Recipient): Promise<boolean> {
    if ('conversation' in entry) {
      return (
        isConversationKey(entry.conversation) &&
        (await homeOf(deps.addressees, entry.conversation)).looked.record !== undefined
      );
    }
    return 'user' in entry && (await findNamed(deps)(entry)).kind === 'one';
  }
}
