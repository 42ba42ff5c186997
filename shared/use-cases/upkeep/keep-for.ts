import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';

/**
 * The same stores, which see to it that what they keep is removed when its time is over. Nothing is kept that nobody would
 * find: whoever keeps something is not done before the entry that leads to it is there too, and comes again where the
 * one was written and the other was not.
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
        const [accepted] = await Promise.all([
          notifications.accept(notification),
          dueIndex.add({ kind: 'old-notification', notification: notification.id, at: end() }),
        ]);
        return accepted;
      },
      find: (id) => notifications.find(id),
      isPlanned: (id) => notifications.isPlanned(id),
      markPlanned: (id) => notifications.markPlanned(id),
      beginWalk: (walk) => notifications.beginWalk(walk),
      advanceWalk: (walk) => notifications.advanceWalk(walk),
      walks: (id) => notifications.walks(id),
    },
    parking: {
      async park(item) {
        await Promise.all([
          parking.park(item),
          dueIndex.add({ kind: 'old-parked', parked: item.id, at: end() }),
        ]);
      },
      find: (id) => parking.find(id),
      list: (page) => parking.list(page),
      drop: (id, tag) => parking.drop(id, tag),
    },
  };
}
