import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { Reach } from '../../domain/conversation/reach.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';

/** What lies under a key: an addressee, or a conversation that leads to one. */
export interface Looked {
  /** Of an addressee: the conversation that leads to them. With `belongsTo` it is one that is still to be moved there. */
  readonly record?: Conversation;
  /** The addressee that the conversation of this key belongs to. */
  readonly belongsTo?: ConversationKey;
  /** Absent where the record alone says it. */
  readonly reach?: Reach;
  /** Of the reach. */
  readonly tag?: string;
}

/**
 * Who has wishes, and by what they are known. An addressee goes by the key of the first conversation that they were met in;
 * every other conversation of theirs leads there. Every method may throw `StoreUnavailable`; each write may be repeated
 * without harm.
 */
export interface AddresseeStore {
  findAddressee(key: ConversationKey): Promise<Looked>;

  /** The addressee whom a proof names, perhaps one that was merged since; `undefined` when nobody claimed it. */
  provenBy(proof: PersonKey): Promise<ConversationKey | undefined>;

  /** Claims a proof for an addressee, and gives whose it is: who came first keeps it. */
  claimProof(proof: PersonKey, addressee: ConversationKey): Promise<ConversationKey>;

  /** Has a conversation lead to an addressee, and gives to whom it leads: who came first keeps it. */
  leadToAddressee(from: ConversationKey, addressee: ConversationKey): Promise<ConversationKey>;

  /** Keeps what leads to one of several conversations of an addressee, and not whether they are suppressed: that is theirs in all of them. */
  keepPlace(
    addressee: ConversationKey,
    place: Conversation & { readonly conversationId: string },
  ): Promise<void>;

  findPlace(addressee: ConversationKey, place: ConversationKey): Promise<Conversation | undefined>;

  /** Every conversation of which something is kept, also those that the reach does not name any more. */
  everyPlace(addressee: ConversationKey): Promise<readonly ConversationKey[]>;

  /** Remembers a key under which an addressee was told before they were known to be this one. */
  keepEarlierKey(addressee: ConversationKey, earlier: ConversationKey): Promise<void>;

  /** Every such key, in no particular order: what was told under one lies there, and is reported under it. */
  earlierKeys(addressee: ConversationKey): Promise<readonly ConversationKey[]>;

  /** Writes if the stored version is still the one that was read (no tag: none stored). */
  saveReach(addressee: ConversationKey, reach: Reach, tag?: string): Promise<'saved' | 'lost'>;

  /** Takes off the record of one who was merged, and off the list of everyone. */
  removeAddressee(conversation: Pick<Conversation, 'key' | 'tenant'>): Promise<void>;
}
