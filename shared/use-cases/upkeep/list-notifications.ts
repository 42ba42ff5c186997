import type { EntryOf } from '../../catalog/entry.ts';
import { defined } from '../../domain/defined.ts';
import type { Outcome } from '../../domain/delivery/delivery.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Listed, NotificationListing } from '../../ports/event/notification-listing.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';

/** With an outcome to look for, so many notifications are looked at for each call. */
export const MOST_LOOKED_AT = 2000;

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
}

export interface NotificationsListed {
  readonly items: readonly NotificationInBrief[];
  /** The next page goes on behind it; absent on the last. */
  readonly next?: Listed;
}

export type ListNotifications = (wanted: {
  readonly since: Instant;
  readonly until: Instant | { readonly behind: Listed };
  readonly outcome?: Outcome;
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
  return async ({ since, until, outcome, limit }) => {
    const items: NotificationInBrief[] = [];
    let looked = 0;
    let last: Listed | undefined;
    for await (const listed of deps.listing.between(since, until)) {
      if (last !== undefined && (items.length === limit || looked === MOST_LOOKED_AT))
        return { items, next: last };
      looked += 1;
      last = listed;
      const item = await inBrief(listed.notification);
      if (item !== undefined && (outcome === undefined || Object.hasOwn(item.outcomes, outcome)))
        items.push(item);
    }
    return { items };
  };

  async function inBrief(id: NotificationId): Promise<NotificationInBrief | undefined> {
    const [notification, { addressed, outcomes, pending }] = await Promise.all([
      deps.notifications.find(id),
      deps.ledger.count(id),
    ]);
    if (notification === undefined) return undefined;
    const { type, source, subject, acceptedAt } = notification;
    const [only] = addressed === 1 ? (await deps.ledger.results(id, { limit: 1 })).items : [];
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
      ...defined({ recipient: only?.conversation }),
    };
  }
}
