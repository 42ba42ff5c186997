import { freshHop } from '../../domain/delivery/wake-up-call.ts';
import type { KindWork } from '../../domain/event/job.ts';
import type { JsonObject, Notification } from '../../domain/event/notification.ts';
import { isNotificationId, type NotificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { KindHooks } from '../../ports/kind.ts';
import type { JobQueue } from '../../ports/queues.ts';
import type { BeginWalks } from './begin-walks.ts';
import type { PlanNotification } from './plan-notification.ts';

/** The work that begins to tell the groups when it is time: all of them, or by people's own clocks those of one zone. */
export function scheduledWork(notification: NotificationId, dueAt: Instant): KindWork {
  return { work: 'scheduled', field: 'zone', about: { id: `${notification}.${dueAt}`, notification, dueAt } };
}

/** The work as a kind brings its own. */
export function scheduledJobs(deps: {
  readonly notifications: NotificationStore;
  readonly beginWalks: BeginWalks;
  readonly plan: PlanNotification;
  readonly jobs: Pick<JobQueue, 'sendJobs'>;
  readonly clock: Clock;
}): KindHooks {
  /** By one instant all of it is planned, as the sweep does where the job is lost. */
  async function planAt(at: Instant, notification: Notification): Promise<void> {
    const now = deps.clock.now();
    if (at <= now) {
      await deps.plan(notification);
      return;
    }
    // The broker's clock is ahead: planned now, it would wait for the time once more.
    const work = scheduledWork(notification.id, at);
    await deps.jobs.sendJobs([{ message: { kind: 'work', ...work, hop: freshHop(now) }, at }]);
  }

  return {
    jobs: {
      scheduled: {
        field: 'zone',
        isReadable: (about) => read(about) !== undefined,
        async run(about) {
          const zone = read(about);
          const notification = zone && (await deps.notifications.findNotification(zone.notification));
          if (notification === undefined || (await deps.notifications.isPlanned(notification.id))) return;
          const { at } = notification.delivery;
          if (typeof at === 'number') await planAt(at, notification);
          else await deps.beginWalks(notification, zone?.dueAt);
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
