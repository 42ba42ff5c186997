import { type Duration, days, type Instant, isFarAhead, minutes } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueEntry } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';
import type { Retention } from '../../ports/event/retention.ts';
import type { Log } from '../../ports/log.ts';
import { spanOf } from '../intake/schedule.ts';

/** Recipients whose rows one look removes, so that a broadcast of 100,000 keeps no function busy. */
export const MOST_REMOVED_AT_ONCE = 1000;

/** What is not over by the end of its time gets so much more. */
const RESPITE = days(1);

export type OldEntry = Extract<DueEntry, { readonly kind: 'old-notification' | 'old-parked' }>;

/** Removes what an entry leads to, or a bite of it; gives when to look again, `undefined` when all is gone. */
export type RemoveOld = (entry: OldEntry) => Promise<DueEntry | undefined>;

/** Throws `StoreUnavailable`; repeating the call then is harmless. */
export function removeOld(deps: {
  readonly notifications: NotificationStore;
  readonly ledger: Ledger;
  readonly parking: Parking;
  readonly retention: Retention;
  readonly keptFor: Duration;
  readonly clock: Clock;
  readonly log: Log;
}): RemoveOld {
  return async (entry) => {
    const now = deps.clock.now();
    if (entry.kind === 'old-parked') {
      const item = await deps.parking.findParked(entry.parked);
      if (item === undefined) return undefined;
      // Parked again since: kept from then on.
      const end = endOf(item.parkedAt, now);
      if (end > now) return { ...entry, at: end };
      await deps.parking.dropParked(item.id, item.tag);
      deps.log.info('retention.removed', { kind: 'parked', reason: item.reason });
      return undefined;
    }
    const notification = await deps.notifications.findNotification(entry.notification);
    const end = endOf(notification?.acceptedAt ?? 0, now, spanOf(notification?.delivery.at)?.last);
    if (end > now) return { ...entry, at: end };
    if ((await deps.ledger.unfinishedDeliveries(entry.notification)).length > 0)
      return { ...entry, at: now + RESPITE };
    if ((await deps.retention.removeNotification(entry.notification, MOST_REMOVED_AT_ONCE)) === 'more') {
      return { ...entry, at: now + minutes(1) };
    }
    deps.log.info('retention.removed', { kind: 'notification', notification: entry.notification });
    return undefined;
  };

  /** When its time is over. What was kept by a machine with a wrong clock has had its time by the entry that led here. */
  function endOf(keptAt: Instant, now: Instant, last = keptAt): Instant {
    return isFarAhead(keptAt, now) ? now : Math.max(keptAt, last) + deps.keptFor;
  }
}
