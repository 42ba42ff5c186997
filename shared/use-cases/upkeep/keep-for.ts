import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';
import { spanOf } from '../intake/schedule.ts';

/**
 * The same stores, which see to it that what they keep is removed when its time is over. The entry that leads to it
 * is made first, so that nothing is kept that nobody would find.
 */
export function keepFor(
  retention: Duration,
  {
    notifications,
    parking,
    dueIndex,
    clock,
  }: {
    readonly notifications: NotificationStore;
    readonly parking: Parking;
    readonly dueIndex: DueIndex;
    readonly clock: Clock;
  },
): { readonly notifications: NotificationStore; readonly parking: Parking } {
  const end = () => clock.now() + retention;
  return {
    notifications: {
      async acceptNotification(notification) {
        // What is for a time has all of it from then on; the former release knows of that by this entry alone.
        const last = Math.max(clock.now(), spanOf(notification.delivery.at)?.last ?? 0);
        await dueIndex.addDue({
          kind: 'old-notification',
          notification: notification.id,
          at: last + retention,
        });
        return notifications.acceptNotification(notification);
      },
      findNotification: notifications.findNotification.bind(notifications),
      findMarkedNotification: (id) => notifications.findMarkedNotification(id),
      cancelNotification: (...asked) => notifications.cancelNotification(...asked),
      findCancellation: (id) => notifications.findCancellation(id),
      noteNotAddressed: (id, count) => notifications.noteNotAddressed(id, count),
      isPlanned: (...asked) => notifications.isPlanned(...asked),
      markPlanned: (...asked) => notifications.markPlanned(...asked),
      beginWalk: (walk) => notifications.beginWalk(walk),
      advanceWalk: (walk) => notifications.advanceWalk(walk),
      walksOf: (id) => notifications.walksOf(id),
    },
    parking: {
      async parkItem(item) {
        await dueIndex.addDue({ kind: 'old-parked', parked: item.id, at: end() });
        return parking.parkItem(item);
      },
      findParked: (id) => parking.findParked(id),
      listParked: (page) => parking.listParked(page),
      count: (most) => parking.count(most),
      dropParked: (id, tag) => parking.dropParked(id, tag),
    },
  };
}
