import type { ConversationKey } from '../../domain/ids.ts';
import type { Page, Person } from './conversation-store.ts';

/** Whom a word leads to. */
export interface Lead {
  readonly key: ConversationKey;
  /** A page goes on behind it. */
  readonly place: string;
}

/** By what somebody who was met in groups alone is looked up. */
export interface GroupMember {
  readonly channelId: string;
  readonly id: string;
}

/**
 * Finds people by the beginnings of words, see `wordsOf`. Each is led to by a personal conversation, or by the key that
 * stands in for one as long as they were met in groups alone. A lead is no evidence: whoever follows it reads the record.
 *
 * `ConversationStore` writes it along with what it saves. Every method may throw `StoreUnavailable`; each write may be
 * repeated without harm.
 */
export interface PeopleIndex {
  /**
   * Has the person found by these words and those that were told of them, and by no others any more. Writes nothing where nothing changed. `member`: somebody
   * without a personal conversation, of whom there is no record under the key.
   */
  notePerson(key: ConversationKey, words: readonly string[], member?: GroupMember): Promise<void>;

  /**
   * Has the person found by these words beside their own, as a roster or a directory told them, until others are told. Does
   * nothing for a person who was not noted.
   */
  noteTold(key: ConversationKey, told: readonly string[]): Promise<void>;

  /** Who was noted as a member of groups under this key. */
  memberAt(key: ConversationKey): Promise<GroupMember | undefined>;

  /**
   * Who has a word beginning with each of the terms (`termsOf`: one at least), in the order of the words that the first
   * one begins; each key once, by the first of its words that it begins. `limit` 1..1000. Throws `RangeError` for an `after` that
   * is no place.
   */
  findPeople(
    terms: readonly string[],
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<Lead>>;

  /** Whether each of the terms leads to the key by words of its own. */
  isLedTo(key: ConversationKey, terms: readonly string[]): Promise<boolean>;

  /** Removes all that leads to the key. */
  forgetPerson(key: ConversationKey): Promise<void>;

  /** Everybody as they were met last who has no personal conversation, in no particular order. */
  membersOfGroups(): AsyncIterable<Person>;

  /**
   * Removes leads of which nothing else knows, as a release without this index leaves them when it forgets somebody. Gives
   * how many those were.
   */
  removeStrays(): Promise<number>;
}
