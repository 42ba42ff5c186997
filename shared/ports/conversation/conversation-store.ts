import type {
  Conversation,
  PersonAddress,
  SuppressionReason,
} from '../../domain/conversation/conversation.ts';
import type { IdKind, Proof } from '../../domain/identity/proofs.ts';
import type { ConversationKey, PersonKey, TenantKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** A person as last met, and where to reach them alone. */
export interface Person extends PersonAddress {
  /** Their most recently active personal conversation, if there is one. */
  readonly personal?: ConversationKey;
  /** When what is remembered of them last changed; 0 in rows of releases that did not say. */
  readonly metAt: Instant;
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
  findConversation(key: ConversationKey): Promise<Conversation | undefined>;

  /**
   * Writes the record and everything by which it is found again. Index rows come first, the record last, so that a
   * crash in between leaves an index row without a record (skipped when read), never a record nobody finds.
   */
  saveConversation(conversation: Conversation): Promise<void>;

  /**
   * The person of this name; `undefined` when they were never met. Under the bare name of an id lies what the release
   * before proofs wrote of whoever claimed it last: no evidence of anything.
   */
  findPerson(name: PersonKey): Promise<Person | undefined>;

  /** Everybody with a proof of this kind for this id, whatever its scope, in no particular order. */
  peopleKnownBy(kind: IdKind, id: string): Promise<readonly Person[]>;

  /**
   * Remembers a person under each of their proofs, and under their bare ids for the release before proofs. Without
   * `personal` (met in a group) the personal conversation known before stays. With `onlyNew` it leaves alone what is
   * remembered by these proofs already, and what the former release wrote.
   */
  savePerson(person: Person, proofs: readonly Proof[], options?: { readonly onlyNew: true }): Promise<void>;

  /**
   * Marks the conversation as not to be written to. Does nothing when it is not stored. Reaches the everyone index
   * too, so that a broadcast leaves it out before it takes a slot. Lifted by `save` of an unsuppressed record.
   */
  suppressConversation(key: ConversationKey, reason: SuppressionReason): Promise<void>;

  /** Gives true to the first who asks, and false to everybody after: a conversation is greeted once. */
  greetOnce(key: ConversationKey): Promise<boolean>;

  /**
   * All conversations that the channel has created, by tenant and within it by key. `limit` 1..1000. A record that
   * cannot be read is left out and logged. Throws `RangeError` for an `after` that no page gave.
   */
  listConversations(page: { readonly limit: number; readonly after?: string }): Promise<Page<Conversation>>;

  /** The tenants in which any conversation is stored. */
  listTenants(): Promise<readonly TenantKey[]>;
}
