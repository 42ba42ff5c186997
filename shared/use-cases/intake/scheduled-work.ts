import type { KindWork } from '../../domain/event/job.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { isNotificationId, type NotificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { KindHooks } from '../../ports/kind.ts';
import type { BeginWalks } from './begin-walks.ts';

/** The work that begins to tell the people of one zone when it is time there. */
export function scheduledWork(notification: NotificationId, dueAt: Instant): KindWork {
  return { work: 'scheduled', field: 'zone', about: { id: `${notification}.${dueAt}`, notification, dueAt } };
}

/** The work as a kind brings its own. */
export function scheduledJobs(deps: {
  readonly notifications: NotificationStore;
  readonly beginWalks: BeginWalks;
}): KindHooks {
  return {
    jobs: {
      scheduled: {
        field: 'zone',
        isReadable: (about) => read(about) !== undefined,
        async run(about) {
          const zone = read(about);
          const notification = zone && (await deps.notifications.findNotification(zone.notification));
          if (notification === undefined || (await deps.notifications.isPlanned(notification.id))) return;
          await deps.beginWalks(notification, zone?.dueAt);
        },
        async isDone(about) {
          const zone = read(about);
          if (
            zone === undefined ||
            (await deps.notifications.findNotification(zone.notification)) === undefined
          )
            return true;
          if (await deps.notifications.isPlanned(zone.notification)) return true;
          const walks = await deps.notifications.walksOf(zone.notification);
          return walks.some(({ dueAt }) => dueAt === zone.dueAt);
        },
      },
    },
  };
}

function read({ notification, dueAt }: JsonObject) {
  return isNotificationId(notification) && typeof dueAt === 'number' ? { notification, dueAt } : undefined;
}
