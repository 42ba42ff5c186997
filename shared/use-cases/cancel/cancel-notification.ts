import { EFFECTIVE_AFTER, isCancelledBy, REMEMBERED } from '../../domain/event/cancellation.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { toIso } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Log } from '../../ports/log.ts';
import type { StartWork } from '../intake/start-work.ts';
import { recallWork } from '../recall/recall-shown.ts';
import type { Report, ReportNotification } from '../upkeep/report-notification.ts';
import { cancelWork } from './cancel-jobs.ts';

/** The answer of `DELETE /api/notifications/{id}`; times are RFC 3339. */
export type Cancelled =
  | ({ readonly known: true; readonly cancelled: string } & Report)
  /** No such notification was accepted so far: one that is accepted within a day reaches nobody. */
  | { readonly known: false; readonly id: NotificationId; readonly cancelled: string };

export type CancelNotification = (
  id: NotificationId,
  how?: {
    /** What was shown is taken back, too. */
    readonly recall?: boolean;
  },
) => Promise<Cancelled>;

/**
 * Has a notification reach nobody any more. Asked again, it is the first wish that stands.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | due entry by which the mark goes | an entry that finds nothing, or what it would have found later anyway |
 * | the mark | from now on each worker learns of it within a second; who is held back ends when its time comes |
 * | due entry of the work | the sweep ends who is held back, and counts who was not addressed |
 * | job of the work | a sweep that finds it done |
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function cancelNotification(deps: {
  readonly notifications: NotificationStore;
  readonly dueIndex: DueIndex;
  readonly startWork: StartWork;
  readonly report: ReportNotification;
  readonly clock: Clock;
  readonly log: Log;
}): CancelNotification {
  return async (id, { recall = false } = {}) => {
    const now = deps.clock.now();
    // What is known has such an entry since it was accepted; it goes then, and the mark with it.
    await deps.dueIndex.addDue({ kind: 'old-notification', notification: id, at: now + REMEMBERED });
    const mark = await deps.notifications.cancelNotification(id, now, recall ? true : undefined);
    const cancelled = toIso(mark.at);
    const notification = await deps.notifications.findNotification(id);
    deps.log.info('notification.cancelled', {
      notification: id,
      known: notification !== undefined,
      recall,
    });
    if (notification === undefined || !isCancelledBy(mark, notification))
      return { known: false, id, cancelled };
    // By then every process knows, and nobody is held back or addressed any more behind the look.
    await deps.startWork(cancelWork(id), EFFECTIVE_AFTER);
    if (recall) await deps.startWork(recallWork({ id }), EFFECTIVE_AFTER);
    const report = await deps.report(id);
    return report === undefined ? { known: false, id, cancelled } : { ...report, known: true, cancelled };
  };
}
