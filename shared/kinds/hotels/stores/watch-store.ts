import type { ConversationKey, NotificationId, TenantKey } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import type { HotelKey } from '../prices/hotel.ts';
import type { PriceAlert, WatchState } from '../prices/price-watch.ts';

/** One conversation's wish to be told about one hotel's price. */
export interface Watch {
  readonly conversation: ConversationKey;
  readonly tenant: TenantKey;
  readonly hotel: HotelKey;
  /** As it was called when the watch began, for lists. */
  readonly hotelName: string;
  readonly city: string;
  readonly since: Instant;
  readonly state: WatchState;
  /** What was lately told, oldest first: by it a page that runs again finds whom it told. */
  readonly told: readonly Told[];
}

export interface Told {
  readonly notification: NotificationId;
  readonly alert: PriceAlert;
}

/** `tag`: the store's version tag of the watch as it was read. */
export interface StoredWatch {
  readonly watch: Watch;
  readonly tag: string;
}

/**
 * Who watches which hotel. A watch lies with its hotel, by tenant, where a change of price finds it; the conversation has
 * a row of its own that leads there. Every method may throw `StoreUnavailable`; each write may be repeated without harm.
 */
export interface WatchStore {
  /** Begins a watch, or puts another in its place; gives whether there was none. */
  begin(watch: Watch): Promise<boolean>;

  /** Gives whether there was one. */
  end(conversation: ConversationKey, hotel: HotelKey): Promise<boolean>;

  find(conversation: ConversationKey, hotel: HotelKey): Promise<StoredWatch | undefined>;

  /** The conversation's own watches, by the hotels' names. */
  of(conversation: ConversationKey): Promise<readonly Watch[]>;

  /** Up to `limit` (1..1000) watches of a hotel in one tenant with conversation keys above `after`, in key order. */
  watchers(
    of: { readonly hotel: HotelKey; readonly tenant: TenantKey },
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly watches: readonly StoredWatch[]; readonly done: boolean }>;

  /** Writes if the stored version is still `tag`; a watch that ended meanwhile is `lost` too. */
  change(watch: Watch, tag: string): Promise<'saved' | 'lost'>;
}
