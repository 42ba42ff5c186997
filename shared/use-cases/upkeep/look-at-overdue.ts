import { forgottenUntil } from '../../domain/conversation/forgetting.ts';
import { defined } from '../../domain/defined.ts';
import { freshHop, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import { walkName } from '../../domain/event/job.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { type Duration, days, isFarAhead, minutes } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import type { DueEntry } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { ListStore } from '../../ports/event/list-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { DeliveryQueue, JobQueue, Scheduled } from '../../ports/queues.ts';
import { isListBegun } from '../audience/make-list.ts';
import { firstCall, GRACE, type PlanNotification } from '../intake/plan-notification.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import type { RemoveOld } from './remove-old.ts';

/** Rows read at the same time. */
const ROWS_AT_ONCE = 16;
/** What is overdue for long is looked at as often as this, and at first twice as seldom each time. */
const LONGEST_BETWEEN_LOOKS: Duration = minutes(10);
/** The longest until a delivery comes later: through quiet hours; the policy is asked again then. */
const LONGEST_UNTIL_LATER: Duration = days(2);

export interface OverdueDeps {
  readonly ledger: Ledger;
  readonly notifications: NotificationStore;
  readonly lists: ListStore;
  readonly deliveries: DeliveryQueue;
  readonly jobs: JobQueue;
  readonly plan: PlanNotification;
  readonly removeOld: RemoveOld;
  readonly tombstones: Pick<Tombstones, 'findTombstone'>;
  readonly kinds: Pick<AllKinds, 'job'>;
  readonly clock: Clock;
}

/** What one entry needed: how much was woken, and what to look at again; nothing when the entry is over. */
export interface Look {
  readonly woken: number;
  readonly next?: DueEntry;
}

const over: Look = { woken: 0 };

/** Looks at what one entry of the due index leads to, and wakes it where it is not over. */
export async function lookAtOverdue(deps: OverdueDeps, entry: DueEntry): Promise<Look> {
  switch (entry.kind) {
    case 'delivery':
      return lookAtDelivery(deps, entry);
    case 'page':
      return wake(deps, entry, await deps.ledger.unfinishedDeliveries(entry.notification, entry));
    case 'walk':
      return lookAtWalk(deps, entry);
    case 'plan':
      return lookAtPlan(deps, entry);
    case 'listed':
      return lookAtListed(deps, entry);
    case 'work':
      return lookAtWork(deps, entry);
    case 'forgetting':
      return lookAtForgetting(deps, entry);
    case 'old-notification':
    case 'old-parked': {
      const next = await deps.removeOld(entry);
      return next === undefined ? over : { woken: 0, next };
    }
  }
}

async function lookAtDelivery(
  deps: OverdueDeps,
  entry: Extract<DueEntry, { readonly kind: 'delivery' }>,
): Promise<Look> {
  const { id } = entry;
  const [row, result] = await Promise.all([deps.ledger.findDelivery(id), deps.ledger.findOutcome(id)]);
  if (row === undefined || result !== undefined) return over;
  // It comes later since the entry was made: that time has an entry of its own, and this is the same.
  const isLater = row.state === 'deferred' || row.state === 'retrying';
  const now = deps.clock.now();
  if (
    isLater &&
    row.dueAt !== undefined &&
    row.dueAt > now &&
    !isFarAhead(row.dueAt, now, LONGEST_UNTIL_LATER)
  ) {
    return { woken: 0, next: { ...entry, at: row.dueAt + GRACE } };
  }
  const notification = await deps.notifications.findNotification(id.notification);
  await deps.deliveries.sendCalls([
    { message: { ...id, version: row.version, hop: sweepHop(deps.clock), ...traceOf(notification) } },
  ]);
  return { woken: 1, next: later(deps.clock, entry, row.dueAt ?? row.claimedAt ?? row.firstClaimedAt) };
}

async function lookAtWalk(
  deps: OverdueDeps,
  entry: Extract<DueEntry, { readonly kind: 'walk' }>,
): Promise<Look> {
  const walks = await deps.notifications.walksOf(entry.walk.notification);
  const walk = walks.find((stored) => walkName(stored) === walkName(entry.walk));
  if (walk === undefined || walk.done) return over;
  const { after } = walk;
  const next = later(deps.clock, { ...entry, ...defined({ after }) });
  // It has gone on since the last look: a second job would only be in its way.
  if (after !== entry.after) return { woken: 0, next };
  const notification = await deps.notifications.findNotification(walk.notification);
  await deps.jobs.sendJobs([
    { message: { kind: 'walk', walk, hop: sweepHop(deps.clock), ...traceOf(notification) } },
  ]);
  return { woken: 1, next };
}

async function lookAtWork(
  deps: OverdueDeps,
  entry: Extract<DueEntry, { readonly kind: 'work' }>,
): Promise<Look> {
  const { at: _at, ...work } = entry;
  const job = deps.kinds.job(work.work);
  // The kind was taken out since: nobody can do the work any more.
  if (job === undefined || (await job.isDone(work.about))) return over;
  await deps.jobs.sendJobs([{ message: { ...work, hop: sweepHop(deps.clock) } }]);
  return { woken: 1, next: later(deps.clock, entry) };
}

/** Until everything was looked through after the calm of a few minutes; and once more when the day is over. */
async function lookAtForgetting(
  deps: OverdueDeps,
  entry: Extract<DueEntry, { readonly kind: 'forgetting' }>,
): Promise<Look> {
  const { request } = entry;
  const stone = await deps.tombstones.findTombstone(request.id);
  if (stone === undefined || stone.at !== request.at) return over;
  const now = deps.clock.now();
  const until = forgottenUntil(stone, now);
  const isClean =
    stone.cleanedAt !== undefined && (isFarAhead(request.at, now) || stone.cleanedAt >= request.at + GRACE);
  if (isClean && now < until) return { woken: 0, next: { ...entry, at: until } };
  await deps.jobs.sendJobs([{ message: { kind: 'forget', request, hop: sweepHop(deps.clock) } }]);
  return { woken: 1, next: later(deps.clock, entry) };
}

async function lookAtPlan(
  deps: OverdueDeps,
  entry: Extract<DueEntry, { readonly kind: 'plan' }>,
): Promise<Look> {
  const id = entry.notification;
  const notification = await deps.notifications.findNotification(id);
  // Never accepted: the message that asked for it comes back by itself.
  if (notification === undefined) return over;
  if (!(await deps.notifications.isPlanned(id))) {
    await deps.plan(notification);
    return { woken: 1, next: later(deps.clock, entry) };
  }
  if ((await deps.notifications.walksOf(id)).length === 0)
    return wake(deps, entry, await deps.ledger.unfinishedDeliveries(id));
  // Members of groups have entries of their own, page by page; who was addressed with the plan has none.
  return wake(deps, entry, await deps.ledger.unfinishedDeliveries(id, 'named'));
}

async function lookAtListed(
  deps: OverdueDeps,
  entry: Extract<DueEntry, { readonly kind: 'listed' }>,
): Promise<Look> {
  if (await isListBegun(deps, entry)) return over;
  const notification = await deps.notifications.findNotification(entry.notification);
  const { at: _at, ...job } = entry;
  await deps.jobs.sendJobs([{ message: { ...job, hop: sweepHop(deps.clock), ...traceOf(notification) } }]);
  return { woken: 1, next: later(deps.clock, entry) };
}

async function wake(
  deps: OverdueDeps,
  entry: Extract<DueEntry, { readonly kind: 'plan' | 'page' }>,
  conversations: readonly ConversationKey[],
): Promise<Look> {
  const notification = await deps.notifications.findNotification(entry.notification);
  if (conversations.length === 0 || notification === undefined) return over;
  const calls: Scheduled<WakeUpCall>[] = [];
  for (let start = 0; start < conversations.length; start += ROWS_AT_ONCE) {
    const block = conversations.slice(start, start + ROWS_AT_ONCE);
    const rows = await Promise.all(
      block.map((conversation) => deps.ledger.findDelivery({ notification: notification.id, conversation })),
    );
    block.forEach((conversation, index) => {
      const row = rows[index];
      // What comes later has a due entry of its own.
      if (row?.state === 'deferred' || row?.state === 'retrying' || row?.state === 'joined') return;
      calls.push({
        message: {
          ...firstCall(notification, conversation),
          version: row?.version ?? 0,
          hop: sweepHop(deps.clock),
        },
      });
    });
  }
  if (calls.length === 0) return over;
  await deps.deliveries.sendCalls(calls);
  const { acceptedAt, time } = notification;
  return {
    woken: calls.length,
    next: later(deps.clock, entry, Math.max(acceptedAt, Math.min(time, deps.clock.now()))),
  };
}

/**
 * The next look. What is overdue `since` long ago is most likely not lost but one of many that wait for their slot,
 * and every call made for it again would want a slot as well.
 */
function later(clock: Clock, entry: DueEntry, since = Number.POSITIVE_INFINITY): DueEntry {
  const now = clock.now();
  return { ...entry, at: now + Math.min(Math.max(GRACE, now - since), LONGEST_BETWEEN_LOOKS) };
}

/** Differs from minute to minute, so that the broker's duplicate detection does not swallow the call. */
function sweepHop(clock: Clock): number {
  return freshHop(Math.floor(clock.now() / GRACE));
}

function traceOf(notification: { readonly traceparent?: string } | undefined): {
  readonly traceparent?: string;
} {
  return defined({ traceparent: notification?.traceparent });
}
