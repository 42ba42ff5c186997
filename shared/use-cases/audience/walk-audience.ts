import { defined } from '../../domain/defined.ts';
import { callAhead, slotAt } from '../../domain/delivery/pace.ts';
import { type WalkJob, walkName } from '../../domain/event/job.ts';
import { type Duration, type Instant, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Audience } from '../../ports/delivery/audience.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { ListStore } from '../../ports/event/list-store.ts';
import type { NotificationStore, Walk } from '../../ports/event/notification-store.ts';
import type { SelectedPage } from '../../ports/kind.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue, JobQueue } from '../../ports/queues.ts';
import type { EndCancelled } from '../cancel/end-cancelled.ts';
import { isIdCancelled } from '../delivery/is-cancelled.ts';
import { firstCall, GRACE, MOST_ADDRESSED_AT_ONCE } from '../intake/plan-notification.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { FEW } from './few-members.ts';
import { membersOfWalk } from './members-of-walk.ts';
import { selectByClock } from './select-by-clock.ts';

/**
 * A page takes slots for about so long, and at most so far ahead. Whoever must be told now (a reminder, a single
 * notification) takes the next slot behind it: so this is also the longest that a broadcast keeps anybody waiting.
 */
const PAGE_SPAN: Duration = seconds(0.5);
const LONGEST_AHEAD: Duration = seconds(0.8);

/** What lies between taking slots and the first of their calls; slots that begin sooner would pass unused. */
const PREPARING: Duration = seconds(0.1);

/** Pages that one run takes at most, so that no function runs long. */
const MOST_PAGES = 20;

export type WalkStep =
  | { readonly kind: 'done' }
  /** No such walk was begun. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'continued'; readonly at: Instant; readonly addressed: number };

export type WalkAudience = (job: WalkJob) => Promise<WalkStep>;

/**
 * Addresses the next pages of one group in one tenant and continues itself by message. Memory and running time do not
 * grow with the audience. A page that runs twice addresses the same people with the same calls.
 */
export function walkAudience(deps: {
  readonly audience: Audience;
  readonly lists: Pick<ListStore, 'membersOnList' | 'excepted'>;
  readonly kinds: Pick<AllKinds, 'audience'>;
  readonly notifications: NotificationStore;
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly pacer: Pacer;
  readonly deliveries: DeliveryQueue;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly requestsPerSecond: number;
  readonly endCancelled: Pick<EndCancelled, 'run'>;
  readonly defaultTimeZone: string;
}): WalkAudience {
  const pageSize = Math.max(
    1,
    Math.min(MOST_ADDRESSED_AT_ONCE, Math.round((deps.requestsPerSecond * PAGE_SPAN) / 1000)),
  );

  const nextPage = pagesOf(deps, pageSize);
  const ahead = callAhead(deps.requestsPerSecond);

  return async (job) => {
    const stored = (await deps.notifications.walksOf(job.walk.notification)).find(
      (walk) => walkName(walk) === walkName(job.walk),
    );
    if (stored === undefined) return { kind: 'stale' };
    if (stored.done) return { kind: 'done' };
    // The walk goes on where it stands, whatever page the job names: a run that died half-way is resumed, and a second
    // copy of a job takes the next page instead of repeating one.
    let walk: Walk = { ...stored };
    let addressed = 0;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      if (await isIdCancelled(deps, walk.notification)) {
        // The cancel may have come before anybody knew of the walk.
        await deps.endCancelled.run(walk.notification);
        return { kind: 'done' };
      }
      const now = deps.clock.now();
      const { keys, upTo, done } = await nextPage(walk);
      if (upTo === undefined) {
        if (done) return finish(walk);
        // A page of suppressed members only cannot happen: the store skips them itself and says `done` at the end.
        throw new Error(`the audience gave an empty page before its end, for group "${walk.group.kind}"`);
      }
      if (keys.length === 0) {
        // Of those who were looked at, nobody is told.
        if (done) return finish(walk);
        walk = { ...walk, after: upTo };
        await deps.notifications.advanceWalk(walk);
        continue;
      }

      const areFew = done && walk.after === undefined && keys.length <= FEW;
      const reserved = areFew
        ? undefined
        : await deps.pacer.reserve(walk.tenant, keys.length, now + ahead + PREPARING, LONGEST_AHEAD);
      if (reserved !== undefined && 'laterAt' in reserved) {
        return continueAt(walk, job, reserved.laterAt, addressed);
      }

      const slots = reserved?.slots;
      const lastSlot = slots === undefined ? now : slotAt(slots, keys.length - 1);
      await deps.ledger.addressRecipients(walk.notification, keys);
      await deps.dueIndex.addDue({
        at: lastSlot + GRACE,
        kind: 'page',
        notification: walk.notification,
        upTo,
        ...defined({ after: walk.after }),
      });
      await deps.deliveries.sendCalls(
        keys.map((conversation, index) => {
          const call = firstCall({ id: walk.notification, ...traceOf(job) }, conversation);
          if (slots === undefined) return { message: call };
          const at = slotAt(slots, index);
          return { message: { ...call, slotAt: at }, at: at - ahead };
        }),
      );
      addressed += keys.length;
      walk = { ...walk, after: upTo };
      if (done) return finish(walk);
      await deps.notifications.advanceWalk(walk);
    }
    return continueAt(walk, job, deps.clock.now(), addressed);

    async function finish(walked: Walk): Promise<WalkStep> {
      await deps.notifications.advanceWalk({ ...walked, done: true });
      deps.log.info('walk.done', {
        notification: walked.notification,
        group: walked.group.kind,
        tenant: walked.tenant,
      });
      return { kind: 'done' };
    }
  };

  async function continueAt(walk: Walk, job: WalkJob, at: Instant, addressed: number): Promise<WalkStep> {
    const moved = walk.after !== job.walk.after;
    await deps.jobs.sendJobs([{ message: { ...job, walk, hop: moved ? 0 : job.hop + 1 }, at }]);
    return { kind: 'continued', at, addressed };
  }
}

/** Whom the next page addresses; `upTo` is absent where nobody was left to look at. */
function pagesOf(
  deps: Parameters<typeof walkAudience>[0],
  pageSize: number,
): (walk: Walk) => Promise<SelectedPage> {
  const byClock = selectByClock({ ...deps, limit: pageSize });
  return async (walk) =>
    walk.dueAt === undefined
      ? membersOfWalk(deps, walk, pageSize)
      : // Most members of a page live by another clock.
        byClock(walk, await membersOfWalk(deps, walk, MOST_ADDRESSED_AT_ONCE));
}

function traceOf(job: WalkJob): { readonly traceparent?: string } {
  return defined({ traceparent: job.traceparent });
}
