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
      noteRequest: notifications.noteRequest.bind(notifications),
      findRequest: notifications.findRequest.bind(notifications),
      findMarkedNotification: notifications.findMarkedNotification.bind(notifications),
      cancelNotification: notifications.cancelNotification.bind(notifications),
      findCancellation: notifications.findCancellation.bind(notifications),
      noteNotAddressed: notifications.noteNotAddressed.bind(notifications),
      isPlanned: notifications.isPlanned.bind(notifications),
      markPlanned: notifications.markPlanned.bind(notifications),
      beginWalk: notifications.beginWalk.bind(notifications),
      advanceWalk: notifications.advanceWalk.bind(notifications),
      walksOf: notifications.walksOf.bind(notifications),
    },
    parking: {
      async parkItem(item) {
        await dueIndex.addDue({ kind: 'old-parked', parked: item.id, at: end() });
        return parking.parkItem(item);
      },
      findParked: parking.findParked.bind(parking),
      listParked: parking.listParked.bind(parking),
      count: parking.count.bind(parking),
      dropParked: parking.dropParked.bind(parking),
    },
  };
}
