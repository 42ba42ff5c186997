import type { TableService } from '../../../adapters/table/table-service.ts';
import type { ReminderIndex } from '../stores/reminder-index.ts';
import type { ReminderStore } from '../stores/reminder-store.ts';
import { TableReminderIndex } from './table-reminder-index.ts';
import { TableReminderStore } from './table-reminder-store.ts';

export interface ReminderStores {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
}

/** Table `reminders`. */
export function reminderStores(tables: TableService): ReminderStores {
  return { reminders: new TableReminderStore(tables), reminderIndex: new TableReminderIndex(tables) };
}
