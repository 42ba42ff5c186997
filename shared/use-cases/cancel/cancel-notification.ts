import { Outcome } from '../../domain/delivery/delivery.ts';
import { EFFECTIVE_AFTER, isCancelledBy, REMEMBERED } from '../../domain/event/cancellation.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { toIso } from '../../domain/time.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { type NoteTopicDeps, noteTopic } from '../intake/note-topic.ts';
import type { StartWork } from '../intake/start-work.ts';
import { recallWork } from '../recall/recall-shown.ts';
import type { Report, ReportNotification } from '../upkeep/report-notification.ts';
import { SHOWN } from '../upkeep/report-recipients.ts';
import { cancelWork } from './cancel-jobs.ts';
import { hasMembersAlone } from './end-cancelled.ts';

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
 * | nobody is left, where that is so | the same, which the work says |
 * | due entry of the work | the sweep ends who is held back, and counts who was not addressed |
 * | job of the work | a sweep that finds it done |
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function cancelNotification(
  deps: NoteTopicDeps & {
    readonly notifications: NotificationStore;
    readonly dueIndex: DueIndex;
    readonly startWork: StartWork;
    readonly report: ReportNotification;
  },
): CancelNotification {
  const topics = noteTopic(deps);
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
    if (mark.at === now) await noteIfNobodyIsLeft(deps.notifications, notification);
    // By then every process knows, and nobody is held back or addressed any more behind the look.
    await deps.startWork(cancelWork(id), EFFECTIVE_AFTER);
    if (recall) await deps.startWork(recallWork({ id }), EFFECTIVE_AFTER);
    const report = await deps.report(id);
    // The first wish alone: whoever asks again changes nothing.
    if (mark.at === now && report !== undefined && !wasShown(report)) await topics.unsent(notification);
    return report === undefined ? { known: false, id, cancelled } : { ...report, known: true, cancelled };
  };
}

/** Where all of a group were addressed, or there was nobody in it, that is known at once, and not with the work. */
async function noteIfNobodyIsLeft(
  notifications: NotificationStore,
  notification: Notification,
): Promise<void> {
  const { id } = notification;
  if (!hasMembersAlone(notification) || !(await notifications.isPlanned(id))) return;
  if ((await notifications.walksOf(id)).every(({ done }) => done))
    await notifications.noteNotAddressed(id, 0);
}

/** Whether anybody saw it, or may have. */
function wasShown({ outcomes }: Report): boolean {
  return Object.keys(outcomes).some((outcome) => SHOWN.has(outcome) || outcome === Outcome.unconfirmed);
}
