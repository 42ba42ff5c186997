import { defined } from '../../domain/defined.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import { freshHop } from '../../domain/delivery/wake-up-call.ts';
import { isCancelledBy } from '../../domain/event/cancellation.ts';
import type { KindWork } from '../../domain/event/job.ts';
import { isConversationKey, isNotificationId, type NotificationId } from '../../domain/ids.ts';
import { type Duration, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { KindHooks } from '../../ports/kind.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import type { StartWork } from '../intake/start-work.ts';

/** Recipients of one page: each is a call of its own. */
const PAGE = 100;

/** So far apart the calls of a page are: half of what a tenant takes by default is left to what is told meanwhile. */
const ONE_EACH: Duration = seconds(0.04);

/** So many come at once: they take their slots of the tenant's rate together. */
const TOGETHER = 25;

/** One page of the report, by where it begins. */
interface Page {
  readonly id: NotificationId;
  readonly after?: string;
}

/** The work that takes back what was shown of a notification, page by page. */
export function recallWork({ id, after }: Page): KindWork {
  return { work: 'recall', field: 'recalled', about: { id: after === undefined ? id : `${id}.${after}` } };
}

function pageOf({ id: name }: { readonly id?: unknown }): Page | undefined {
  if (typeof name !== 'string') return undefined;
  const [id = '', ...rest] = name.split('.');
  if (!isNotificationId(id)) return undefined;
  return rest.length === 0 ? { id } : { id, after: rest.join('.') };
}

/**
 * Has a message taken back from each recipient who was shown one: a call each, a page at a time. The next page is work of its
 * own. Parts of a digest and what nobody knows to be shown stay.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | calls for a page | calls that do it; the page is done again, and what is taken back is so once |
 * | due entry and job of the next page | the page again |
 */
export function recallJobs(deps: {
  readonly notifications: Pick<NotificationStore, 'findNotification' | 'findCancellation'>;
  readonly ledger: Pick<Ledger, 'listResults' | 'noteRecall'>;
  readonly deliveries: Pick<DeliveryQueue, 'sendCalls'>;
  readonly startWork: StartWork;
  readonly clock: Clock;
}): KindHooks {
  return {
    jobs: {
      recall: {
        field: 'recalled',
        isReadable: (about) => pageOf(about) !== undefined,
        async run(about) {
          const page = pageOf(about);
          if (page !== undefined && (await isRecalled(page.id))) await take(page);
        },
        async isDone(about) {
          const page = pageOf(about);
          if (page === undefined || !(await isRecalled(page.id))) return true;
          const { items } = await read(page);
          return items.every(({ result }) => result.outcome !== undefined && !isShown(result));
        },
      },
    },
  };

  async function isRecalled(id: NotificationId): Promise<boolean> {
    const [notification, mark] = await Promise.all([
      deps.notifications.findNotification(id),
      deps.notifications.findCancellation(id),
    ]);
    return notification !== undefined && isCancelledBy(mark, notification) && mark.recall === true;
  }

  function read({ id, after }: Page): ReturnType<Ledger['listResults']> {
    return deps.ledger.listResults(id, { limit: PAGE, ...defined({ after }) });
  }

  async function take(page: Page): Promise<void> {
    const { id: notification } = page;
    const { items, after } = await read(page);
    const now = deps.clock.now();
    const calls: Parameters<DeliveryQueue['sendCalls']>[0][number][] = [];
    for (const { conversation, result } of items) {
      if (result.outcome === undefined || !isShown(result) || !isConversationKey(conversation)) continue;
      const { activityId, shownIn } = result;
      // A digest's part, or the channel gave no id, or a release before this one sent it.
      if (activityId === undefined || shownIn === undefined) {
        await deps.ledger.noteRecall({ notification, conversation }, { refused: 'no-message-of-its-own' });
        continue;
      }
      const recall = { activityId, shownIn };
      const at = now + (calls.length - (calls.length % TOGETHER)) * ONE_EACH;
      calls.push({ message: { notification, conversation, version: 0, hop: freshHop(now), recall }, at });
    }
    if (calls.length > 0) await deps.deliveries.sendCalls(calls);
    if (after !== undefined)
      await deps.startWork(recallWork({ id: notification, after }), calls.length * ONE_EACH);
  }
}

/** Whether it may still be taken back. */
function isShown({
  outcome,
  notRecalled,
}: {
  readonly outcome: Outcome;
  readonly notRecalled?: string;
}): boolean {
  return notRecalled === undefined && (outcome === Outcome.delivered || outcome === Outcome.updated);
}
