import type { ConversationKey, TenantKey } from '../domain/ids.ts';

/** What a kind keeps for one conversation under one key: a watch of a hotel, a follower of a project. */
export interface KeptRecord<Value> {
  readonly conversation: ConversationKey;
  readonly tenant: TenantKey;
  /** What it is about: of what a table key may hold, `[\w.-]{1,100}`. */
  readonly key: string;
  readonly value: Value;
}

/** `tag`: the store's version tag of the record as it was read. */
export interface StoredRecord<Value> {
  readonly record: KeptRecord<Value>;
  readonly tag: string;
}

/**
 * What a kind keeps, so that it is found from both sides: by the conversation that it belongs to, and by its key, tenant
 * by tenant, when something happens to what it is about. Every method may throw `StoreUnavailable`; each write may be
 * repeated without harm.
 */
export interface RecordStore<Value> {
  /** Keeps a record, in the place of one that is there; gives whether there was none. */
  put(record: KeptRecord<Value>): Promise<boolean>;

  /** Writes if the stored version is still `tag`; a record that was removed meanwhile is `lost` too. */
  change(record: KeptRecord<Value>, tag: string): Promise<'saved' | 'lost'>;

  /** Gives whether there was one. */
  remove(conversation: ConversationKey, key: string): Promise<boolean>;

  find(conversation: ConversationKey, key: string): Promise<StoredRecord<Value> | undefined>;

  /** All of one conversation, by their keys. One that cannot be read is left out and reported. */
  of(conversation: ConversationKey): Promise<readonly KeptRecord<Value>[]>;

  /** Up to `limit` (1..1000) records of a key in one tenant with conversation keys above `after`, in key order. */
  holders(
    of: { readonly key: string; readonly tenant: TenantKey },
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly records: readonly StoredRecord<Value>[]; readonly done: boolean }>;
}
