import type { Conversation } from '../../../../shared/domain/conversation/conversation.ts';
import type { DialogStatus } from '../../../../shared/domain/conversation/dialog-status.ts';
import type { Preferences } from '../../../../shared/domain/conversation/preferences.ts';
import type { Reach } from '../../../../shared/domain/conversation/reach.ts';
import type { KnownNames } from '../../../../shared/domain/identity/told-names.ts';
import type { ConversationKey, NotificationId, PersonKey, TenantKey } from '../../../../shared/domain/ids.ts';
import type { Person } from '../../../../shared/ports/conversation/conversation-store.ts';
import type { GroupMember } from '../../../../shared/ports/conversation/people-index.ts';
import type { Subscription } from '../../../../shared/ports/conversation/subscription-store.ts';
import type { StoredRecord } from '../../../../shared/ports/record-store.ts';

/** What the in-memory stores of conversations, subscriptions and members share, as the real ones share tables. */
export class InMemoryDirectory {
  readonly conversations = new Map<ConversationKey, Conversation>();
  /** What the record of one who was merged said: ids lead to its conversation still. */
  readonly merged = new Map<ConversationKey, Conversation>();
  readonly people = new Map<PersonKey, Person>();
  /** Whose proof it is. */
  readonly proven = new Map<PersonKey, ConversationKey>();
  /** To whom a conversation belongs. */
  readonly belongs = new Map<ConversationKey, ConversationKey>();
  readonly reaches = new Map<ConversationKey, { readonly reach: Reach; readonly tag: string }>();
  /** Of each addressee, by the conversation. */
  readonly places = new Map<ConversationKey, Map<ConversationKey, Conversation>>();
  /** Under which keys each addressee was told before. */
  readonly earlier = new Map<ConversationKey, Set<ConversationKey>>();
  /** Names of people, by the kind of an id and the id. */
  readonly knownBy = new Map<string, Set<PersonKey>>();
  readonly tenants = new Set<TenantKey>();
  /** What was told of each person, by one of their proofs. */
  readonly names = new Map<PersonKey, KnownNames>();
  /** By what each person is found. */
  readonly words = new Map<
    ConversationKey,
    { readonly words: readonly string[]; readonly told?: readonly string[]; readonly member?: GroupMember }
  >();
  readonly greeted = new Set<ConversationKey>();
  readonly missed = new Map<ConversationKey, readonly NotificationId[]>();
  readonly asked = new Map<ConversationKey, readonly NotificationId[]>();
  readonly preferences = new Map<
    ConversationKey,
    { readonly preferences: Preferences; readonly tag: string }
  >();
  readonly dialogs = new Map<ConversationKey, DialogStatus>();
  /** Where the person is told in another conversation than the one that they are named after. */
  readonly dialogsElsewhere = new Map<
    ConversationKey,
    { readonly of: ConversationKey; readonly status: DialogStatus }
  >();
  /** By conversation and topic. */
  readonly subscriptions = new Map<string, Subscription>();
  /** Tenants that had a subscriber once, by topic. */
  readonly topicTenants = new Map<string, Set<TenantKey>>();
  /** Tenants that had a record of a kind once, by its key. */
  readonly keptTenants = new Map<string, Set<TenantKey>>();
  /** Records of kinds, by where they lie and then by conversation and key. */
  readonly records = new Map<string, Map<string, StoredRecord<unknown>>>();
}

/** As the table sorts its keys: by character code. */
export function byKey(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new RangeError(`"limit" must be a whole number from 1 to 1000; it is ${limit}`);
  }
}

/** One page of `all`, which are in key order. */
export function pageOf<Item>(
  all: readonly Item[],
  page: { readonly limit: number; readonly after?: string },
  keyOf: (item: Item) => string,
): { readonly items: readonly Item[]; readonly after?: string } {
  checkLimit(page.limit);
  const rest =
    page.after === undefined ? all : all.filter((item) => byKey(keyOf(item), page.after ?? '') > 0);
  const items = rest.slice(0, page.limit);
  const last = items.at(-1);
  return rest.length > items.length && last !== undefined ? { items, after: keyOf(last) } : { items };
}
