import type { EntryOf } from '../../catalog/entry.ts';
import { defined } from '../../domain/defined.ts';
import type { Outcome } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Listed, NotificationListing } from '../../ports/event/notification-listing.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { atOf, isScheduled } from '../intake/schedule.ts';

/** Where only some are wanted, so many notifications are looked at for each call. */
export const MOST_LOOKED_AT = 2000;
/** So many at once. */
const BITE = 16;

/** One notification in a list; times are RFC 3339. */
export interface NotificationInBrief {
  readonly id: NotificationId;
  readonly acceptedAt: string;
  readonly type: string;
  readonly kind: string;
  readonly source: string;
  readonly subject?: string;
  readonly addressed: number;
  readonly outcomes: { readonly [outcome: string]: number };
  readonly pending: { readonly [state: string]: number };
  /** Its only recipient, where there is one. */
  readonly recipient?: string;
  /** When it is for, where that was said: an instant, or a local time of each person's own clock. */
  readonly at?: string | { readonly local: string };
}

export interface NotificationsListed {
  readonly items: readonly NotificationInBrief[];
  /** The next page goes on behind it; absent on the last. */
  readonly next?: Listed;
}

/**
 * What was accepted lately, newest first, as `look` gives it; `undefined` for what is not wanted. Looks at `MOST_LOOKED_AT` at
 * most: a page may hold less than `limit` without being the last.
 */
export function latest({ listing }: { readonly listing: NotificationListing }) {
  return async <Item>(
    {
      since,
      until,
      limit,
    }: {
      readonly since: Instant;
      readonly until: Instant | { readonly behind: Listed };
      readonly limit: number;
    },
    look: (listed: Listed) => Promise<Item | undefined>,
  ): Promise<{ readonly items: readonly Item[]; readonly next?: Listed }> => {
    const items: Item[] = [];
    let looked = 0;
    let last: Listed | undefined;
    for await (const bite of bites(listing.acceptedBetween(since, until))) {
      const isOver = () => items.length === limit || looked === MOST_LOOKED_AT;
      if (last !== undefined && isOver()) return { items, next: last };
      const found = await inParallel(bite, BITE, look);
      for (const [index, listed] of bite.entries()) {
        if (last !== undefined && isOver()) return { items, next: last };
        looked += 1;
        last = listed;
        const item = found[index];
        if (item !== undefined) items.push(item);
      }
    }
    return { items };
  };
}

/**
 * Whether it is listed where it belongs. A former release lists what was accepted several times at once under the time of each: it
 * is looked at where the one that stands was accepted.
 */
export function isItsPlace({ acceptedAt }: Listed, stored: Pick<Notification, 'acceptedAt'>): boolean {
  return acceptedAt === stored.acceptedAt;
}

async function* bites(all: AsyncIterable<Listed>): AsyncGenerator<readonly Listed[], void, undefined> {
  let bite: Listed[] = [];
  for await (const one of all) {
    bite.push(one);
    if (bite.length < BITE) continue;
    yield bite;
    bite = [];
  }
  if (bite.length > 0) yield bite;
}

export type ListNotifications = (wanted: {
  readonly since: Instant;
  readonly until: Instant | { readonly behind: Listed };
  readonly outcome?: Outcome;
  /** Only what is for a time that is still to come for somebody at this instant, and was not cancelled. */
  readonly scheduledAfter?: Instant;
  readonly limit: number;
}) => Promise<NotificationsListed>;

/**
 * What was accepted lately, newest first, with what became of it. Reads what is listed and the reports of that, and nothing of
 * anybody else. Throws `StoreUnavailable`.
 */
export function listNotifications(deps: {
  readonly listing: NotificationListing;
  readonly notifications: NotificationStore;
  readonly ledger: Ledger;
  readonly entryOf: EntryOf;
}): ListNotifications {
  return ({ outcome, scheduledAfter, ...wanted }) =>
    latest(deps)(wanted, async (listed) => {
      const { notification, cancellation } = await deps.notifications.findMarkedNotification(
        listed.notification,
      );
      if (notification === undefined || !isItsPlace(listed, notification)) return undefined;
      if (
        scheduledAfter !== undefined &&
        (cancellation !== undefined || !isScheduled(notification.delivery.at, scheduledAfter))
      )
        return undefined;
      const item = await inBrief(notification);
      return outcome === undefined || Object.hasOwn(item.outcomes, outcome) ? item : undefined;
    });

  async function inBrief(notification: Notification): Promise<NotificationInBrief> {
    const { id, type, source, subject, acceptedAt } = notification;
    const { addressed, outcomes, pending } = await deps.ledger.countOutcomes(id);
    const [only] = addressed === 1 ? (await deps.ledger.listResults(id, { limit: 1 })).items : [];
    return {
      id,
      acceptedAt: toIso(acceptedAt),
      type,
      kind: deps.entryOf(type)?.title('en') ?? type,
      source,
      ...defined({ subject }),
      addressed,
      outcomes,
      pending,
      ...defined({ recipient: only?.conversation, at: atOf(notification.delivery.at) }),
    };
  }
}
