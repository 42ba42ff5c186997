import type { ConversationKey, NotificationId, TenantKey } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import type { KeptRecord, RecordStore } from '../../../ports/record-store.ts';
import type { HotelKey } from '../prices/hotel.ts';
import type { PriceAlert, WatchState } from '../prices/price-watch.ts';

/** One conversation's wish to be told about one hotel's price. */
export interface Watch extends WatchValue {
  readonly conversation: ConversationKey;
  readonly tenant: TenantKey;
  readonly hotel: HotelKey;
}

/** A watch apart from whose it is, and of what. */
export interface WatchValue {
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
 * Who watches which hotel. Every method may throw `StoreUnavailable`; each write may be repeated without harm.
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

/** Watches as the records of this kind. */
export function watchStore(records: RecordStore<WatchValue>): WatchStore {
  return {
    begin: (watch) => records.put(toRecord(watch)),
    end: (conversation, hotel) => records.remove(conversation, hotel),
    async find(conversation, hotel) {
      const stored = await records.find(conversation, hotel);
      return stored === undefined ? undefined : { watch: fromRecord(stored.record), tag: stored.tag };
    },
    async of(conversation) {
      const own = await records.of(conversation);
      return own.map(fromRecord).sort((a, b) => a.hotelName.localeCompare(b.hotelName, 'en'));
    },
    async watchers({ hotel, tenant }, page) {
      const held = await records.holders({ key: hotel, tenant }, page);
      const watches = held.records.map(({ record, tag }) => ({ watch: fromRecord(record), tag }));
      return { watches, done: held.done };
    },
    change: (watch, tag) => records.change(toRecord(watch), tag),
  };
}

function toRecord({ conversation, tenant, hotel, ...value }: Watch): KeptRecord<WatchValue> {
  return { conversation, tenant, key: hotel, value };
}

function fromRecord({ conversation, tenant, key, value }: KeptRecord<WatchValue>): Watch {
  // The store gives only keys that its layout accepts.
  return { conversation, tenant, hotel: key as HotelKey, ...value };
}
