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
      async accept(notification) {
        // What is for a time has all of it from then on; the former release knows of that by this entry alone.
        const last = Math.max(clock.now(), spanOf(notification.delivery.at)?.last ?? 0);
        await dueIndex.add({ kind: 'old-notification', notification: notification.id, at: last + retention });
        return notifications.accept(notification);
      },
      find: notifications.find.bind(notifications),
      findMarked: (id) => notifications.findMarked(id),
      cancel: (...asked) => notifications.cancel(...asked),
      cancellation: (id) => notifications.cancellation(id),
      noteNotAddressed: (id, count) => notifications.noteNotAddressed(id, count),
      isPlanned: (...asked) => notifications.isPlanned(...asked),
      markPlanned: (...asked) => notifications.markPlanned(...asked),
      beginWalk: (walk) => notifications.beginWalk(walk),
      advanceWalk: (walk) => notifications.advanceWalk(walk),
      walks: (id) => notifications.walks(id),
    },
    parking: {
      async park(item) {
        await dueIndex.add({ kind: 'old-parked', parked: item.id, at: end() });
        return parking.park(item);
      },
      find: (id) => parking.find(id),
      list: (page) => parking.list(page),
      count: (most) => parking.count(most),
      drop: (id, tag) => parking.drop(id, tag),
    },
  };
}
