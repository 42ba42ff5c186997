import { forgottenUntil } from '../../domain/conversation/forgetting.ts';
import { freshHop, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import { walkName } from '../../domain/event/job.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import {
  CLOCKS_APART,
  type Duration,
  days,
  type Instant,
  isFarAhead,
  minutes,
  seconds,
} from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import type { DueEntry, DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue, JobQueue, Scheduled } from '../../ports/queues.ts';
import { firstCall, GRACE, type PlanNotification } from '../intake/plan-notification.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import type { RemoveOld } from './remove-old.ts';

/** Rows read at the same time. */
const ROWS_AT_ONCE = 16;

/** Entries that are read together. */
const PAGE = 500;
/** Entries that are looked at at the same time. */
const LANES = 16;
/** A run begins with no further entry after this: the next minute goes on, oldest first. */
const LONGEST_SWEEP: Duration = seconds(45);
/** What is overdue for long is looked at as often as this, and at first twice as seldom each time. */
const LONGEST_BETWEEN_LOOKS: Duration = minutes(10);
/** The longest that a delivery is put off: through quiet hours; the policy is asked again then. */
const LONGEST_PUT_OFF: Duration = days(2);
/** The longest that anything is due ahead by somebody's wish; when it was kept for long enough is counted from then. */
export const LONGEST_WISH: Duration = days(366);
/** Entries that are logged one by one when they fail; when the store is away, all of them do. */
const MOST_LOGGED = 20;

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
 * process left, it is found here. What is woken twice is settled by the ledger. Throws `StoreUnavailable` when the index
 * cannot be read.
 */
export function sweepOverdue(deps: {
  readonly dueIndex: DueIndex;
  readonly ledger: Ledger;
  readonly notifications: NotificationStore;
  readonly deliveries: DeliveryQueue;
  readonly jobs: JobQueue;
  readonly plan: PlanNotification;
  readonly removeOld: RemoveOld;
  readonly tombstones: Pick<Tombstones, 'find'>;
  readonly keptFor: Duration;
  readonly kinds: Pick<AllKinds, 'job'>;
  readonly clock: Clock;
  readonly log: Log;
}): SweepOverdue {
  return async () => {
    const startedAt = deps.clock.now();
    const hasTime = () => deps.clock.now() - startedAt <= LONGEST_SWEEP;
    const count = { over: 0, revived: 0, failed: 0 };
    await bringNear(startedAt);
    let entries = 0;
    let after: DueEntry | undefined;
    do {
      // Behind the last page, not anew: entries that fail stay due, and must not stand in the way of those behind them.
      const page: readonly DueEntry[] = await deps.dueIndex.overdue(startedAt, PAGE, after);
      await inParallel(page, LANES, async (entry) => {
        if (hasTime()) await attend(entry, count);
      });
      entries += page.length;
      after = page.length < PAGE ? undefined : page.at(-1);
    } while (after !== undefined && hasTime());
    if (count.revived > 0 || count.failed > 0) deps.log.warn('sweep.revived', { entries, ...count });
    return count;
  };

  /**
   * What lies further ahead than anything is put was put there by a machine with a wrong clock, and nobody would look at it
   * before that time: it is due now. What waits for the end of its time has all of it from now on, because how old it is
   * can never be known.
   */
  async function bringNear(now: Instant): Promise<void> {
    const furthest = now + LONGEST_WISH + deps.keptFor + CLOCKS_APART;
    for (const entry of await deps.dueIndex.beyond(furthest, PAGE)) {
      const isOld = entry.kind === 'old-notification' || entry.kind === 'old-parked';
      await deps.dueIndex.add({ ...entry, at: isOld ? now + deps.keptFor : now });
      await deps.dueIndex.remove(entry);
    }
  }

  /** One entry that fails does not keep the others from being looked after; it stays due. */
  async function attend(entry: DueEntry, count: { -readonly [Name in keyof Swept]: number }): Promise<void> {
    try {
      const { woken, next } = await look(entry);
      // The next look is due before this entry goes: a crash in between looks twice.
      if (next !== undefined) await deps.dueIndex.add(next);
      await deps.dueIndex.remove(entry);
      count.revived += woken;
      if (next === undefined) count.over += 1;
    } catch (cause) {
      count.failed += 1;
      if (count.failed > MOST_LOGGED) return;
      deps.log.warn('sweep.entry-failed', {
        kind: entry.kind,
        cause: cause instanceof Error ? cause.name : 'unknown',
      });
    }
  }

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
      case 'work':
        return lookAtWork(entry);
      case 'forgetting':
        return lookAtForgetting(entry);
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
    // Put off since the entry was made: the later time has an entry of its own, and this is the same.
    const isPutOff = row.state === 'deferred' || row.state === 'retrying';
    const now = deps.clock.now();
    if (
      isPutOff &&
      row.dueAt !== undefined &&
      row.dueAt > now &&
      !isFarAhead(row.dueAt, now, LONGEST_PUT_OFF)
    ) {
      return { woken: 0, next: { ...entry, at: row.dueAt + GRACE } };
    }
    const notification = await deps.notifications.find(id.notification);
    await deps.deliveries.send([
      { message: { ...id, version: row.version, hop: sweepHop(), ...traceOf(notification) } },
    ]);
    return { woken: 1, next: later(entry, row.dueAt ?? row.claimedAt ?? row.firstClaimedAt) };
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

  async function lookAtWork(entry: Extract<DueEntry, { readonly kind: 'work' }>): Promise<Look> {
    const { at: _at, ...work } = entry;
    const job = deps.kinds.job(work.work);
    // The kind was taken out since: nobody can do the work any more.
    if (job === undefined || (await job.isDone(work.about))) return over;
    await deps.jobs.send([{ message: { ...work, hop: sweepHop() } }]);
    return { woken: 1, next: later(entry) };
  }

  /** Until everything was looked through after the calm of a few minutes; and once more when the day is over. */
  async function lookAtForgetting(entry: Extract<DueEntry, { readonly kind: 'forgetting' }>): Promise<Look> {
    const { request } = entry;
    const stone = await deps.tombstones.find(request.id);
    if (stone === undefined || stone.at !== request.at) return over;
    const now = deps.clock.now();
    const until = forgottenUntil(stone, now);
    const isClean =
      stone.cleanedAt !== undefined && (isFarAhead(request.at, now) || stone.cleanedAt >= request.at + GRACE);
    if (isClean && now < until) return { woken: 0, next: { ...entry, at: until } };
    await deps.jobs.send([{ message: { kind: 'forget', request, hop: sweepHop() } }]);
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
    const { acceptedAt, time } = notification;
    return {
      woken: calls.length,
      next: later(entry, Math.max(acceptedAt, Math.min(time, deps.clock.now()))),
    };
  }

  /**
   * The next look. What is overdue `since` long ago is most likely not lost but one of many that wait for their slot,
   * and every call made for it again would want a slot as well.
   */
  function later(entry: DueEntry, since = Number.POSITIVE_INFINITY): DueEntry {
    const now = deps.clock.now();
    return { ...entry, at: now + Math.min(Math.max(GRACE, now - since), LONGEST_BETWEEN_LOOKS) };
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
