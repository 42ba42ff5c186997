import { defined } from '../../domain/defined.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { JobQueue } from '../../ports/queues.ts';
import { GRACE } from './begin-walks.ts';
import { instantsOf } from './schedule.ts';

/**
 * Has the list of a notification made when it is time, by a job, which then begins its walks: at once, or at each instant that
 * it is for. Nobody of it is planned otherwise, and a release that knows no lists can do none of it.
 *
 * Order of writes: due entry -> job, for each instant. Throws `StoreUnavailable` or `QueueUnavailable`; may be repeated.
 */
export function beginListing(deps: {
  readonly dueIndex: Pick<DueIndex, 'addDue'>;
  readonly jobs: Pick<JobQueue, 'sendJobs'>;
  readonly clock: Clock;
}): (notification: Notification) => Promise<void> {
  return async ({ id: notification, delivery: { at }, traceparent }) => {
    const now = deps.clock.now();
    for (const instant of at === undefined ? [now] : instantsOf(at)) {
      const dueAt = at === undefined || typeof at === 'number' ? undefined : instant;
      const job = { kind: 'listed', notification, ...defined({ dueAt }) } as const;
      const isLater = instant > now;
      await deps.dueIndex.addDue({ ...job, at: isLater ? instant : now + GRACE });
      const message = { ...job, hop: 0, ...defined({ traceparent }) };
      await deps.jobs.sendJobs([isLater ? { message, at: instant } : { message }]);
    }
  };
}
