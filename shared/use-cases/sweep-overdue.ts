import type { DeliveryId } from '../domain/delivery.ts';
import type { ConversationKey, NotificationId } from '../domain/ids.ts';
import { walkName } from '../domain/job.ts';
import type { Clock } from '../ports/clock.ts';
import type { DueEntry, DueIndex } from '../ports/due-index.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { NotificationStore } from '../ports/notification-store.ts';
import type { DeliveryQueue, JobQueue } from '../ports/queues.ts';
import { firstCall, GRACE, type PlanNotification } from './plan-notification.ts';

/** Entries that one run looks at; the rest waits for the next minute. */
const MOST_ENTRIES = 1000;

export interface Swept {
  /** Entries that turned out to be over. */
  readonly over: number;
  /** Wake-up calls and jobs that were made again. */
  readonly revived: number;
  /** Entries that could not be looked at, and are looked at again in a minute. */
  readonly failed: number;
}

export type SweepOverdue = () => Promise<Swept>;

/**
 * Looks after everything that should have been over by now, and wakes what is not: whatever a broker lost or a dead
 * process left, it is found here. What is woken twice is settled by the ledger.
 */
export function sweepOverdue(deps: {
  readonly dueIndex: DueIndex;
  readonly ledger: Ledger;
  readonly notifications: NotificationStore;
  readonly deliveries: DeliveryQueue;
  readonly jobs: JobQueue;
  readonly plan: PlanNotification;
  readonly clock: Clock;
  readonly log: Log;
}): SweepOverdue {
  return async () => {
    const entries = await deps.dueIndex.overdue(deps.clock.now(), MOST_ENTRIES);
    let over = 0;
    let revived = 0;
    let failed = 0;
    for (const entry of entries) {
      try {
        const woken = await look(entry);
        if (woken === 0) over += 1;
        else {
          // The next look is due before this entry goes: a crash in between looks twice.
          await deps.dueIndex.add({ ...entry, at: deps.clock.now() + GRACE });
          revived += woken;
        }
        await deps.dueIndex.remove(entry);
      } catch (cause) {
        // One entry that fails must not keep the others from being looked after; it stays due.
        failed += 1;
        deps.log.warn('sweep.entry-failed', {
          kind: entry.kind,
          cause: cause instanceof Error ? cause.name : 'unknown',
        });
      }
    }
    if (revived > 0 || failed > 0)
      deps.log.warn('sweep.revived', { entries: entries.length, over, revived, failed });
    return { over, revived, failed };
  };

  /** How much had to be woken; 0 when the entry is over. */
  async function look(entry: DueEntry): Promise<number> {
    switch (entry.kind) {
      case 'delivery':
        return lookAtDelivery(entry.id);
      case 'page':
        return wake(entry.notification, await deps.ledger.unfinished(entry.notification, entry));
      case 'walk': {
        const walks = await deps.notifications.walks(entry.walk.notification);
        const walk = walks.find((stored) => walkName(stored) === walkName(entry.walk));
        if (walk === undefined || walk.done) return 0;
        const notification = await deps.notifications.find(walk.notification);
        // The minute makes the message a new one, which the broker's duplicate detection lets through.
        const hop = Math.floor(deps.clock.now() / GRACE);
        await deps.jobs.send([{ message: { kind: 'walk', walk, hop, ...traceOf(notification) } }]);
        return 1;
      }
      case 'plan':
        return lookAtPlan(entry.notification);
    }
  }

  async function lookAtDelivery(id: DeliveryId): Promise<number> {
    const [row, result] = await Promise.all([deps.ledger.row(id), deps.ledger.result(id)]);
    if (row === undefined || result !== undefined) return 0;
    const notification = await deps.notifications.find(id.notification);
    await deps.deliveries.send([
      { message: { ...id, version: row.version, hop: sweepHop(), ...traceOf(notification) } },
    ]);
    return 1;
  }

  async function lookAtPlan(id: NotificationId): Promise<number> {
    const notification = await deps.notifications.find(id);
    // Never accepted: the message that asked for it comes back by itself.
    if (notification === undefined) return 0;
    if (!(await deps.notifications.isPlanned(id))) {
      await deps.plan(notification);
      return 1;
    }
    // Members of groups have entries of their own, page by page.
    if ((await deps.notifications.walks(id)).length > 0) return 0;
    return wake(id, await deps.ledger.unfinished(id));
  }

  async function wake(id: NotificationId, conversations: readonly ConversationKey[]): Promise<number> {
    if (conversations.length === 0) return 0;
    const notification = await deps.notifications.find(id);
    if (notification === undefined) return 0;
    const calls = await Promise.all(
      conversations.map(async (conversation) => {
        const row = await deps.ledger.row({ notification: id, conversation });
        return {
          message: { ...firstCall(notification, conversation), version: row?.version ?? 0, hop: sweepHop() },
        };
      }),
    );
    await deps.deliveries.send(calls);
    return calls.length;
  }

  /** Differs from minute to minute, so that the broker's duplicate detection does not swallow the call. */
  function sweepHop(): number {
    return Math.floor(deps.clock.now() / GRACE);
  }
}

function traceOf(notification: { readonly traceparent?: string } | undefined): {
  readonly traceparent?: string;
} {
  return notification?.traceparent === undefined ? {} : { traceparent: notification.traceparent };
}
