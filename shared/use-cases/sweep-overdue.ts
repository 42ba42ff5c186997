import type { ConversationKey } from '../domain/ids.ts';
import { walkName } from '../domain/job.ts';
import { freshHop, type WakeUpCall } from '../domain/wake-up-call.ts';
import type { Clock } from '../ports/clock.ts';
import type { DueEntry, DueIndex } from '../ports/due-index.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { NotificationStore } from '../ports/notification-store.ts';
import type { DeliveryQueue, JobQueue, Scheduled } from '../ports/queues.ts';
import { firstCall, GRACE, type PlanNotification } from './plan-notification.ts';
import type { RemoveOld } from './remove-old.ts';
import { notificationOfReport } from './report-prices.ts';

/** Rows read at the same time. */
const ROWS_AT_ONCE = 16;

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

/** What one entry needed: how much was woken, and what to look at again; nothing when the entry is over. */
interface Look {
  readonly woken: number;
  readonly next?: DueEntry;
}

const over: Look = { woken: 0 };

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
  readonly removeOld: RemoveOld;
  readonly clock: Clock;
  readonly log: Log;
}): SweepOverdue {
  return async () => {
    const entries = await deps.dueIndex.overdue(deps.clock.now(), MOST_ENTRIES);
    let ended = 0;
    let revived = 0;
    let failed = 0;
    for (const entry of entries) {
      try {
        const { woken, next } = await look(entry);
        revived += woken;
        if (next === undefined) ended += 1;
        // The next look is due before this entry goes: a crash in between looks twice.
        else await deps.dueIndex.add(next);
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
      deps.log.warn('sweep.revived', { entries: entries.length, over: ended, revived, failed });
    return { over: ended, revived, failed };
  };

  async function look(entry: DueEntry): Promise<Look> {
    switch (entry.kind) {
      case 'delivery':
        return lookAtDelivery(entry);
      case 'page':
        return wake(entry, await deps.ledger.unfinished(entry.notification, entry));
      case 'walk':
        return lookAtWalk(entry);
      case 'plan':
        return lookAtPlan(entry);
      case 'price-report':
        return lookAtPriceReport(entry);
      case 'old-notification':
      case 'old-parked': {
        const next = await deps.removeOld(entry);
        return next === undefined ? over : { woken: 0, next };
      }
    }
  }

  async function lookAtDelivery(entry: Extract<DueEntry, { readonly kind: 'delivery' }>): Promise<Look> {
    const { id } = entry;
    const [row, result] = await Promise.all([deps.ledger.row(id), deps.ledger.result(id)]);
    if (row === undefined || result !== undefined) return over;
    // Put off anew since the entry was made: the later time has an entry of its own.
    if (row.state === 'deferred' && row.dueAt !== undefined && row.dueAt > deps.clock.now()) return over;
    const notification = await deps.notifications.find(id.notification);
    await deps.deliveries.send([
      { message: { ...id, version: row.version, hop: sweepHop(), ...traceOf(notification) } },
    ]);
    return { woken: 1, next: later(entry) };
  }

  async function lookAtWalk(entry: Extract<DueEntry, { readonly kind: 'walk' }>): Promise<Look> {
    const walks = await deps.notifications.walks(entry.walk.notification);
    const walk = walks.find((stored) => walkName(stored) === walkName(entry.walk));
    if (walk === undefined || walk.done) return over;
    const { after } = walk;
    const next = later({ ...entry, ...(after === undefined ? {} : { after }) });
    // It has gone on since the last look: a second job would only be in its way.
    if (after !== entry.after) return { woken: 0, next };
    const notification = await deps.notifications.find(walk.notification);
    await deps.jobs.send([{ message: { kind: 'walk', walk, hop: sweepHop(), ...traceOf(notification) } }]);
    return { woken: 1, next };
  }

  /** Once it is planned, what becomes of the report is looked after as of every notification. */
  async function lookAtPriceReport(
    entry: Extract<DueEntry, { readonly kind: 'price-report' }>,
  ): Promise<Look> {
    const { report } = entry;
    if (await deps.notifications.isPlanned(notificationOfReport(report))) return over;
    await deps.jobs.send([{ message: { kind: 'price-report', report, hop: sweepHop() } }]);
    return { woken: 1, next: later(entry) };
  }

  async function lookAtPlan(entry: Extract<DueEntry, { readonly kind: 'plan' }>): Promise<Look> {
    const id = entry.notification;
    const notification = await deps.notifications.find(id);
    // Never accepted: the message that asked for it comes back by itself.
    if (notification === undefined) return over;
    if (!(await deps.notifications.isPlanned(id))) {
      await deps.plan(notification);
      return { woken: 1, next: later(entry) };
    }
    // Members of groups have entries of their own, page by page.
    if ((await deps.notifications.walks(id)).length > 0) return over;
    return wake(entry, await deps.ledger.unfinished(id));
  }

  async function wake(
    entry: Extract<DueEntry, { readonly kind: 'plan' | 'page' }>,
    conversations: readonly ConversationKey[],
  ): Promise<Look> {
    const notification = await deps.notifications.find(entry.notification);
    if (conversations.length === 0 || notification === undefined) return over;
    const calls: Scheduled<WakeUpCall>[] = [];
    for (let start = 0; start < conversations.length; start += ROWS_AT_ONCE) {
      const block = conversations.slice(start, start + ROWS_AT_ONCE);
      const rows = await Promise.all(
        block.map((conversation) => deps.ledger.row({ notification: notification.id, conversation })),
      );
      block.forEach((conversation, index) => {
        const row = rows[index];
        // What is put off has a due entry of its own.
        if (row?.state === 'deferred' || row?.state === 'retrying' || row?.state === 'joined') return;
        calls.push({
          message: { ...firstCall(notification, conversation), version: row?.version ?? 0, hop: sweepHop() },
        });
      });
    }
    if (calls.length === 0) return over;
    await deps.deliveries.send(calls);
    return { woken: calls.length, next: later(entry) };
  }

  function later(entry: DueEntry): DueEntry {
    return { ...entry, at: deps.clock.now() + GRACE };
  }

  /** Differs from minute to minute, so that the broker's duplicate detection does not swallow the call. */
  function sweepHop(): number {
    return freshHop(Math.floor(deps.clock.now() / GRACE));
  }
}

function traceOf(notification: { readonly traceparent?: string } | undefined): {
  readonly traceparent?: string;
} {
  return notification?.traceparent === undefined ? {} : { traceparent: notification.traceparent };
}
