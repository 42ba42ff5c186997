import type { ConversationKey } from '../../../domain/ids.ts';
import type { Reminder } from '../model/reminder.ts';

/** A reminder with the store's opaque version tag of it as it was read. */
export interface StoredReminder {
  readonly reminder: Reminder;
  readonly tag: string;
}

/** The reminders of a conversation, by number, and what the next one needs. */
export interface ReminderList {
  readonly reminders: readonly StoredReminder[];
  /** The highest number that was ever given; 0 when none was. */
  readonly lastNumber: number;
  /** Version tag of the numbering; absent when no number was ever given. */
  readonly numbering?: string;
}

/** The reminders themselves. Every method may throw `StoreUnavailable`; each write may be repeated without harm. */
export interface ReminderStore {
  /** All of a conversation. One that cannot be read is left out and reported. */
  of(conversation: ConversationKey): Promise<ReminderList>;

  find(conversation: ConversationKey, number: number): Promise<StoredReminder | undefined>;

  /**
   * Keeps a new reminder and gives its number away, both or neither: `lost` when the numbering is not the one that was
   * read, because somebody else made a reminder meanwhile.
   */
  create(reminder: Reminder, numbering?: string): Promise<'saved' | 'lost'>;

  /**
   * Writes if the stored version is still the one that was read; gives whether it was. With a list, only if nobody has
   * made a reminder there since it was read, or changed one with a list: what was counted in it still holds.
   */
  save(reminder: Reminder, tag: string, list?: ReminderList): Promise<'saved' | 'lost'>;

  /** Removes all of a conversation as it was read, the numbering too; what is written meanwhile stays. */
  forget(conversation: ConversationKey): Promise<void>;

  /** Removes reminders; their numbers are not given again. */
  remove(conversation: ConversationKey, numbers: readonly number[]): Promise<void>;
}
