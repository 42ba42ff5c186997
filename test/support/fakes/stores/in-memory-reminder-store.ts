import type { ConversationKey } from '../../../../shared/domain/ids.ts';
import type { Reminder } from '../../../../shared/kinds/reminders/model/reminder.ts';
import type {
  ReminderList,
  ReminderStore,
  StoredReminder,
} from '../../../../shared/kinds/reminders/stores/reminder-store.ts';

interface Shelf {
  readonly reminders: Map<number, StoredReminder>;
  lastNumber: number;
  numbering: string;
}

export class InMemoryReminderStore implements ReminderStore {
  readonly #shelves = new Map<ConversationKey, Shelf>();
  #writes = 0;

  async of(conversation: ConversationKey): Promise<ReminderList> {
    const shelf = this.#shelves.get(conversation);
    if (shelf === undefined) return { reminders: [], lastNumber: 0 };
    const reminders = [...shelf.reminders.values()].sort((a, b) => a.reminder.number - b.reminder.number);
    return structuredClone({ reminders, lastNumber: shelf.lastNumber, numbering: shelf.numbering });
  }

  async find(conversation: ConversationKey, number: number): Promise<StoredReminder | undefined> {
    return structuredClone(this.#shelves.get(conversation)?.reminders.get(number));
  }

  async create(reminder: Reminder, numbering?: string): Promise<'saved' | 'lost'> {
    const shelf = this.#shelves.get(reminder.conversation);
    if (shelf?.numbering !== numbering || shelf?.reminders.has(reminder.number)) return 'lost';
    const reminders = shelf?.reminders ?? new Map<number, StoredReminder>();
    reminders.set(reminder.number, { reminder: structuredClone(reminder), tag: this.#tag() });
    this.#shelves.set(reminder.conversation, {
      reminders,
      lastNumber: reminder.number,
      numbering: this.#tag(),
    });
    return 'saved';
  }

  async save(reminder: Reminder, tag: string, list?: ReminderList): Promise<'saved' | 'lost'> {
    const shelf = this.#shelves.get(reminder.conversation);
    const reminders = shelf?.reminders;
    if (shelf === undefined || reminders?.get(reminder.number)?.tag !== tag) return 'lost';
    if (list !== undefined) {
      if (shelf.numbering !== list.numbering) return 'lost';
      shelf.numbering = this.#tag();
    }
    reminders.set(reminder.number, { reminder: structuredClone(reminder), tag: this.#tag() });
    return 'saved';
  }

  async remove(conversation: ConversationKey, numbers: readonly number[]): Promise<void> {
    for (const number of numbers) this.#shelves.get(conversation)?.reminders.delete(number);
  }

  async forget(conversation: ConversationKey): Promise<void> {
    this.#shelves.delete(conversation);
  }

  #tag(): string {
    this.#writes += 1;
    return String(this.#writes);
  }
}
