import type { Notification } from '../../domain/event/notification.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { TopicActivity } from '../../ports/event/topic-activity.ts';
import type { Log } from '../../ports/log.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { isCancelled } from '../delivery/is-cancelled.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { spanOf } from './schedule.ts';

export interface NoteTopicDeps {
  readonly notifications: Pick<NotificationStore, 'findCancellation'>;
  readonly topicActivity: TopicActivity;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Counts notifications by topic, for people who wonder what one brings: `sent` where one begins to go out, `unsent` where it was
 * cancelled before anybody was shown it. Nobody waits for it or misses it: where the store is away it is not counted, nor later.
 */
export function noteTopic(deps: NoteTopicDeps) {
  return {
    async sent(notification: Notification): Promise<void> {
      const topic = deps.kinds.entryOf(notification.type)?.topicOf?.(notification.data);
      if (topic === undefined) return;
      await counting(async () => {
        if (!(await isCancelled(deps, notification)))
          await deps.topicActivity.noteTopic(topic, deps.clock.now());
      });
    },
    async unsent({ type, data, delivery, acceptedAt }: Notification): Promise<void> {
      const topic = deps.kinds.entryOf(type)?.topicOf?.(data);
      const sentAt = spanOf(delivery.at)?.first ?? acceptedAt;
      if (topic === undefined || sentAt > deps.clock.now()) return;
      await counting(() => deps.topicActivity.forgetOne(topic, Math.max(sentAt, acceptedAt)));
    },
  };

  async function counting(count: () => Promise<void>): Promise<void> {
    try {
      await count();
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // It is not counted later either; the notification itself goes its way.
      deps.log.warn('topic.uncounted');
    }
  }
}
