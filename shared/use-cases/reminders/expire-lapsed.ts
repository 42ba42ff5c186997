import { readReminderDue, reminderDue } from '../../catalog/reminder-due.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { isWanted } from '../../domain/reminders/reminder.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { ReminderStore } from '../../ports/reminders/reminder-store.ts';

/**
 * The notifications as a delivery sees them: one that tells a reminder which was cancelled, done, moved or snoozed since
 * it was announced has expired. So the check stands where every delivery looks anyway, and needs no outcome of its own:
 * the time for which the words were meant is over.
 */
export function expireLapsed(
  notifications: NotificationStore,
  deps: { readonly reminders: Pick<ReminderStore, 'find'> },
): NotificationStore {
  return {
    accept: (notification) => notifications.accept(notification),
    isPlanned: (id) => notifications.isPlanned(id),
    markPlanned: (id) => notifications.markPlanned(id),
    beginWalk: (walk) => notifications.beginWalk(walk),
    advanceWalk: (walk) => notifications.advanceWalk(walk),
    walks: (id) => notifications.walks(id),
    async find(id) {
      const found = await notifications.find(id);
      if (found?.type !== reminderDue.type) return found;
      const told = readReminderDue(found.data);
      const stored = await deps.reminders.find(told.conversation, told.number);
      return isWanted(stored?.reminder, told) ? found : expired(found);
    },
  };
}

/** Long ago, and not when it was accepted: the clock that says so may have been wrong. */
function expired(notification: Notification): Notification {
  return { ...notification, delivery: { ...notification.delivery, expiresAt: 0 } };
}
