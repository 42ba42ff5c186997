import type { ConversationKey, NotificationId, TenantKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Where the making of a list stands. */
export interface ListProgress {
  /** The source that comes next: each audience is one, and so are all who are named. */
  readonly source: number;
  /** The last entry of it that was looked up; absent at its beginning. */
  readonly after?: string;
  readonly isMade: boolean;
  /** Entries by which nobody was meant. */
  readonly unknown: number;
  /** Of one that is told by people's own clocks: the instants whose walks have begun. */
  readonly begun: readonly Instant[];
}

export const NOT_BEGUN: ListProgress = { source: 0, isMade: false, unknown: 0, begun: [] };

export interface ListedPerson {
  readonly key: ConversationKey;
  readonly tenant: TenantKey;
}

/**
 * Whom a notification with lists is for, and whom not, as they were looked up: made once, page by page, and removed with the
 * notification. Holds keys only. Every method may throw `StoreUnavailable`; each write may be repeated without harm.
 */
export interface ListStore {
  listProgress(id: NotificationId): Promise<ListProgress>;
  /** Gives what stands then; `change` may be asked again, of what another wrote in between. */
  advanceList(id: NotificationId, change: (before: ListProgress) => ListProgress): Promise<ListProgress>;

  addToList(id: NotificationId, people: readonly ListedPerson[]): Promise<void>;
  exceptFromList(id: NotificationId, keys: readonly ConversationKey[]): Promise<void>;

  tenantsOnList(id: NotificationId): Promise<readonly TenantKey[]>;
  /** Up to `limit` (1..1000) of the list's people in one tenant, with keys above `after`; empty only when `done`. */
  membersOnList(
    id: NotificationId,
    tenant: TenantKey,
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly keys: readonly ConversationKey[]; readonly done: boolean }>;
  /** Those among the keys that are excepted one by one. */
  excepted(id: NotificationId, keys: readonly ConversationKey[]): Promise<ReadonlySet<ConversationKey>>;
}
