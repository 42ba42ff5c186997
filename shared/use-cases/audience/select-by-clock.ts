import { defined } from '../../domain/defined.ts';
import type { Walk } from '../../domain/event/job.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { SelectedPage } from '../../ports/kind.ts';
import { zoneOf } from '../holding-back/quiet-hours.ts';
import { dueIn, instantsOf } from '../intake/schedule.ts';

/** Desks read at the same time. */
const AT_ONCE = 32;

/** Of the members that a page looked at, those for whom it is time at the walk's instant; `limit` of them at most. */
export type SelectByClock = (walk: Walk, page: SelectedPage) => Promise<SelectedPage>;

/**
 * Each person belongs to one instant: the first of the world's that is not before their own time. So whose zone is none of
 * those that are known is told with the next one that is, and nobody early.
 */
export function selectByClock(deps: {
  readonly ledger: Pick<Ledger, 'findDesk'>;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly defaultTimeZone: string;
  readonly limit: number;
}): SelectByClock {
  return async ({ notification, dueAt }, { keys, upTo, done }) => {
    const at = (await deps.notifications.findNotification(notification))?.delivery.at;
    if (at === undefined || dueAt === undefined) return { keys: [], ...defined({ upTo }), done };
    const instants = instantsOf(at);
    const place = instants.indexOf(dueAt);
    const before = place <= 0 ? Number.NEGATIVE_INFINITY : (instants[place - 1] ?? Number.NEGATIVE_INFINITY);
    const isLast = place === instants.length - 1;
    const isTime = await inParallel(keys, AT_ONCE, async (key: ConversationKey) => {
      const { conversation, preferences } = await deps.ledger.findDesk(key);
      if (conversation === undefined) return false;
      const due = dueIn(at, zoneOf(preferences, conversation, deps.defaultTimeZone));
      return due > before && (due <= dueAt || isLast);
    });
    const timely = keys.filter((_key, index) => isTime[index]);
    if (timely.length <= deps.limit) return { keys: timely, ...defined({ upTo }), done };
    const told = timely.slice(0, deps.limit);
    const last = told.at(-1);
    return { keys: told, ...defined({ upTo: last }), done: false };
  };
}
