import {
  type DeliveryRow,
  isReplayable,
  type Outcome,
  parseDeliveryId,
} from '../../domain/delivery/delivery.ts';
import { openedRow } from '../../domain/delivery/states.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { Fault } from '../../domain/fault.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { ParkedItem, Parking } from '../../ports/event/parking.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { firstCall, GRACE } from '../intake/plan-notification.ts';

/** Whoever loses a race against a worker or another replay reads again; more losses in a row than this are a fault. */
const MOST_RACES = 5;

export type Reopening =
  /** The delivery is open again and under way. */
  | { readonly kind: 'reopened'; readonly version: number }
  /** It has ended otherwise meanwhile: nothing is left to do, and it is no longer parked. */
  | { readonly kind: 'over'; readonly outcome: Outcome }
  /** It is being worked on at this moment; it stays parked. */
  | { readonly kind: 'under-way' }
  | Unusable;

/** It cannot be replayed, and stays parked. */
export type Unusable = { readonly kind: 'unusable'; readonly faults: readonly Fault[] };

export type ReopenDelivery = (item: ParkedItem, dryRun: boolean) => Promise<Reopening>;

/**
 * Opens a delivery again that ended without reaching anybody for certain.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | due entry | an entry that the sweep finds to be over |
 * | row: `retrying`, next version, counted from 0 | the outcome in force, so that nobody sends; a second replay goes on from here |
 * | outcome withdrawn | an open delivery, which the sweep wakes |
 * | wake-up call of that version | a delivery under way that is still parked; a second replay finds how it ended |
 * | parked row dropped | |
 *
 * The outcome is withdrawn only if it is the one that was read. Otherwise a second replay, late, would take back the
 * outcome of the first one's delivery, and the person would be told again.
 */
export function reopenDelivery(deps: {
  readonly parking: Parking;
  readonly ledger: Ledger;
  readonly notifications: NotificationStore;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly clock: Clock;
}): ReopenDelivery {
  return async (item, dryRun) => {
    const id = parseDeliveryId(item.original);
    if (id === undefined) return unusable('original', 'must be a delivery id; drop it');
    const notification = await deps.notifications.findNotification(id.notification);
    if (notification === undefined) {
      return unusable('original', 'its notification is no longer stored; publish the event anew');
    }

    for (let race = 0; race < MOST_RACES; race += 1) {
      // The row first: a claim that is seen here was made after every earlier replay had withdrawn its outcome, so the
      // outcome that is read next is never older than the row.
      const row = await deps.ledger.findDelivery(id);
      const result = await deps.ledger.findOutcome(id);
      if (result !== undefined && !isReplayable(result.outcome)) {
        if (!dryRun) await deps.parking.dropParked(item.id, item.tag);
        return { kind: 'over', outcome: result.outcome };
      }
      if (row === undefined)
        return unusable('original', 'nothing is known of this delivery any more; drop it');
      const isOpen = row.state === 'retrying' || row.state === 'deferred';
      // Claimed and without outcome: a worker is at it, or died and is found by the sweep.
      if (result === undefined && !isOpen) return { kind: 'under-way' };
      if (dryRun) return { kind: 'reopened', version: isOpen ? row.version : row.version + 1 };

      const now = deps.clock.now();
      await deps.dueIndex.addDue({ at: now + GRACE, kind: 'delivery', id });
      // Open already: an earlier replay got as far as that.
      const opened = isOpen ? row : await deps.ledger.changeDelivery(openedRow(row, now));
      if (opened === 'lost') continue;
      if (result !== undefined) await deps.ledger.withdrawOutcome(id, result);
      return finish(item, opened, notification);
    }
    throw new StoreUnavailable('reopen delivery', new Error(`lost ${MOST_RACES} races in a row`));
  };

  async function finish(item: ParkedItem, row: DeliveryRow, notification: Notification): Promise<Reopening> {
    await deps.ledger.recordPending(row.id, 'retrying');
    await deps.deliveries.sendCalls([
      { message: { ...firstCall(notification, row.id.conversation), version: row.version } },
    ]);
    await deps.parking.dropParked(item.id, item.tag);
    return { kind: 'reopened', version: row.version };
  }
}

export function unusable(path: string, message: string): Unusable {
  return { kind: 'unusable', faults: [{ path, message }] };
}
