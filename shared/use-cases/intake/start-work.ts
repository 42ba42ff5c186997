import type { KindWork } from '../../domain/event/job.ts';
import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { JobQueue } from '../../ports/queues.ts';
import { GRACE } from './plan-notification.ts';

/** @param after how long to wait before it; default: not at all */
export type StartWork = (work: KindWork, after?: Duration) => Promise<void>;

/**
 * Has a kind's work done. Asked for again under the same id, it is done once.
 *
 * Order of writes: due entry -> job. A job that the broker loses is found by the sweep.
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function startWork(deps: {
  readonly dueIndex: DueIndex;
  readonly jobs: JobQueue;
  readonly clock: Clock;
}): StartWork {
  return async (work, after = 0) => {
    const at = deps.clock.now() + after;
    await deps.dueIndex.addDue({ at: at + GRACE, kind: 'work', ...work });
    await deps.jobs.sendJobs([{ message: { kind: 'work', ...work, hop: 0 }, at }]);
  };
}
