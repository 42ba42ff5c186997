import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import { freshHop } from '../../domain/delivery/wake-up-call.ts';
import { isCancelledBy } from '../../domain/event/cancellation.ts';
import type { Walk } from '../../domain/event/job.ts';
import { isListed, type Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Audience } from '../../ports/delivery/audience.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { ListStore } from '../../ports/event/list-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import { type GroupDeps, walksOf } from '../intake/begin-walks.ts';
import { firstCall } from '../intake/plan-notification.ts';
import { countNotAddressed } from './count-not-addressed.ts';

/** Rows read at the same time, and calls made together. */
const AT_ONCE = 16;

/** Ends what a cancel found under way: who was addressed has its outcome at once, and the groups are walked no further. */
export interface EndCancelled {
  /** May run again after a crash, and twice at once. Throws `StoreUnavailable` or `QueueUnavailable`. */
  run(id: NotificationId): Promise<void>;
  isDone(id: NotificationId): Promise<boolean>;
}

/**
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | how many nobody had addressed, on the mark | a number; it is not counted again, because some walks may be over by then |
 * | the walks: done, also those that had not begun | walks that the next run ends |
 * | the mark that it is planned | a plan that begins no walk, since all are done |
 * | calls for who has no outcome | calls that end who they are for; the others the next run calls |
 */
export function endCancelled(deps: {
  readonly notifications: NotificationStore;
  readonly ledger: Ledger;
  readonly audience: Audience;
  readonly lists: Pick<ListStore, 'tenantsOnList' | 'membersOnList' | 'excepted'>;
  readonly deliveries: Pick<DeliveryQueue, 'sendCalls'>;
  readonly clock: Clock;
}): EndCancelled {
  return {
    async run(id) {
      const notification = await deps.notifications.findNotification(id);
      const mark = await deps.notifications.findCancellation(id);
      if (notification === undefined || !isCancelledBy(mark, notification)) return;
      const as = isListed(notification) ? 'listed' : undefined;
      const isPlanned = await deps.notifications.isPlanned(id, as);
      // What is for a time has no walks yet: none begins any more.
      const planned = isPlanned ? [] : await walksOf({ ...deps, kinds: noKinds }, notification);
      const open = [...(await openWalks(id)), ...planned];
      if ((open.length > 0 || hasMembersAlone(notification)) && mark.notAddressed === undefined) {
        // Whom a list holds that was not made yet nobody knows.
        const isCounted = isPlanned || hasMembersAlone(notification);
        const count = isCounted ? await countNotAddressed(deps, id, open) : undefined;
        if (count !== undefined) await deps.notifications.noteNotAddressed(id, count);
      }
      for (const walk of open) await deps.notifications.advanceWalk({ ...walk, done: true });
      if (!isPlanned) await deps.notifications.markPlanned(id, as);
      await wake(notification);
    },

    async isDone(id) {
      if ((await deps.notifications.findNotification(id)) === undefined) return true;
      return (await openWalks(id)).length === 0 && (await deps.ledger.unfinishedDeliveries(id)).length === 0;
    },
  };

  async function openWalks(id: NotificationId): Promise<readonly Walk[]> {
    return (await deps.notifications.walksOf(id)).filter(({ done }) => !done);
  }

  async function wake(notification: Notification): Promise<void> {
    const unfinished = await deps.ledger.unfinishedDeliveries(notification.id);
    const hop = freshHop(Math.floor(deps.clock.now()));
    await inParallel(unfinished, AT_ONCE, async (conversation) => {
      const row = await deps.ledger.findDelivery({ notification: notification.id, conversation });
      if (row !== undefined && isEndedByAnother(row)) return;
      const message = { ...firstCall(notification, conversation), version: row?.version ?? 0, hop };
      await deps.deliveries.sendCalls([{ message }]);
    });
  }
}

/** Whether its groups are topics and everyone, whose members can be counted at any time, and it has any. */
export function hasMembersAlone(notification: Pick<Notification, 'to' | 'except'>): boolean {
  const { to } = notification;
  const hasGroups = to.some((entry) => 'topic' in entry || 'everyone' in entry);
  return hasGroups && !isListed(notification) && !to.some((entry) => 'keptBy' in entry);
}

/** Only its kind knows who is in a group that it keeps, and nobody counts those. */
const noKinds: GroupDeps['kinds'] = { audience: () => undefined };

/** Its digest, or the delivery that tells the person in its place, ends it. */
function isEndedByAnother({ state }: DeliveryRow): boolean {
  return state === 'joined' || state === 'moved';
}
