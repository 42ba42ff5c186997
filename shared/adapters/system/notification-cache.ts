import type { Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';

const MOST_KEPT = 200;

/**
 * Keeps the notifications read last. One never changes once accepted, so a broadcast reads its content once a
 * process and not once a recipient.
 */
export function cachingNotifications(store: NotificationStore): NotificationStore {
  const kept = new Map<NotificationId, Notification>();
  return {
    accept: (notification) => store.accept(notification),
    isPlanned: (id) => store.isPlanned(id),
    markPlanned: (id) => store.markPlanned(id),
    beginWalk: (walk) => store.beginWalk(walk),
    advanceWalk: (walk) => store.advanceWalk(walk),
    walks: (id) => store.walks(id),
    async find(id) {
      const known = kept.get(id);
      if (known !== undefined) return known;
      const found = await store.find(id);
      if (found === undefined) return undefined;
      kept.set(id, found);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return found;
    },
  };
}
