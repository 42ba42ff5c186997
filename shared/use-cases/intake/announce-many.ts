import { defined } from '../../domain/defined.ts';
import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AnnouncementStore } from '../../ports/event/announcement-store.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import { type Announcement, toNotification } from './announce.ts';
import { firstCall, GRACE } from './plan-notification.ts';

export type AnnounceMany = (announcements: readonly Announcement[]) => Promise<void>;

/**
 * The same as `announce` for many at a time, at a fraction of the writes: what each is for is known, so nothing has to be
 * looked up, and all that is written of one is one transaction.
 *
 * Order of writes: due entries -> notifications, addressed and planned -> wake-up calls. The calls are made again when
 * it is repeated, because it may have died before them; one that was answered is told apart by the ledger.
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function announceMany(deps: {
  readonly announcements: AnnouncementStore;
  readonly deliveries: DeliveryQueue;
  readonly clock: Clock;
  /** How long what became of them is kept. */
  readonly keptFor: Duration;
}): AnnounceMany {
  return async (announcements) => {
    const now = deps.clock.now();
    const planned = announcements.map((announcement) => ({
      announcement,
      notification: toNotification(announcement, now),
    }));
    await deps.announcements.keep(
      planned.map(({ announcement: { conversation, at }, notification }) => ({
        notification,
        conversation,
        dueEntries: [
          { kind: 'old-notification', notification: notification.id, at: now + deps.keptFor },
          { kind: 'plan', notification: notification.id, at: Math.max(now, at ?? now) + GRACE },
        ],
      })),
    );
    await deps.deliveries.sendCalls(
      planned.map(({ announcement: { conversation, at }, notification }) => ({
        message: firstCall(notification, conversation),
        ...defined({ at }),
      })),
    );
  };
}
