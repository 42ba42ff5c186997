import type {
  Conversation,
  PersonAddress,
  SuppressionReason,
} from '../../domain/conversation/conversation.ts';
import type { ConversationKey, TenantKey } from '../../domain/ids.ts';

/** A person as last met, and where to reach them alone. */
export interface Person extends PersonAddress {
  /** Their most recently active personal conversation, if there is one. */
  readonly personal?: ConversationKey;
}

/** One page of a listing in key order. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Give it as `after` to get the next page; absent on the last one. It does not expire. */
  readonly after?: string;
}

/**
 * Remembers conversations and finds them again. Every method may throw `StoreUnavailable`; each write may be
 * repeated without harm.
 */
export interface ConversationStore {
  find(key: ConversationKey): Promise<Conversation | undefined>;

  /**
   * Writes the record and everything by which it is found again. Index rows come first, the record last, so that a
   * crash in between leaves an index row without a record (skipped when read), never a record nobody finds.
   */
  save(conversation: Conversation): Promise<void>;

  /** The person with this channel user id or aadObjectId; `undefined` when they were never met. */
  findPerson(id: string): Promise<Person | undefined>;

  /**
   * Remembers a person under their channel user id and, where known, their aadObjectId. Without `personal` (met in a
   * group) the personal conversation known before stays.
   */
  savePerson(person: Person): Promise<void>;

  /**
   * Marks the conversation as not to be written to. Does nothing when it is not stored. Reaches the everyone index
   * too, so that a broadcast leaves it out before it takes a slot. Lifted by `save` of an unsuppressed record.
   */
  suppress(key: ConversationKey, reason: SuppressionReason): Promise<void>;

  /** Gives true to the first who asks, and false to everybody after: a conversation is greeted once. */
  greetOnce(key: ConversationKey): Promise<boolean>;

  /**
   * All conversations that the channel has created, by tenant and within it by key. `limit` 1..1000. A record that
   * cannot be read is left out and logged. Throws `RangeError` for an `after` that no page gave.
   */
  list(page: { readonly limit: number; readonly after?: string }): Promise<Page<Conversation>>;

  /** The tenants in which any conversation is stored. */
  tenants(): Promise<readonly TenantKey[]>;
}
