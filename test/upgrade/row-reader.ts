import type { RecordedRow } from '../../dev/recorded/store-file.ts';
import {
  type ConversationKey,
  isConversationKey,
  isNotificationId,
  isPersonKey,
  isTenantKey,
  type NotificationId,
  type PersonKey,
  type TenantKey,
} from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { DueReminder } from '../../shared/kinds/reminders/model/reminder.ts';
import type { DueEntry } from '../../shared/ports/delivery/due-index.ts';
import type { Stores } from '../contract/stores.ts';

/** What the readers read from. The two indexes are read as the app reads them, once and as a whole. */
export interface Source {
  readonly stores: Stores;
  readonly now: Instant;
  readonly due: readonly DueEntry[];
  readonly dueReminders: readonly DueReminder[];
}

/** How rows of one kind are read by the code as it is. */
export interface Reader {
  readonly table: string;
  /** Partition key, a line feed, row key. */
  readonly keys: RegExp;
  /** Whether the row was read, through the store that the app reads it by. */
  readonly read: (row: RecordedRow, from: Source) => Promise<boolean>;
}

export const HASH = '[\\w-]{43}';

export function reader(table: string, partition: string, row: string, read: Reader['read']): Reader {
  return { table, keys: new RegExp(`^${partition}\n${row}$`), read };
}

export function isThere(value: unknown): boolean {
  return value !== undefined;
}

export const conversation = checked<ConversationKey>(isConversationKey);
export const notification = checked<NotificationId>(isNotificationId);
export const person = checked<PersonKey>(isPersonKey);
export const tenant = checked<TenantKey>(isTenantKey);

export function checked<Id extends string>(is: (text: string) => text is Id): (text: string) => Id {
  return (text) => {
    if (!is(text)) throw new Error(`"${text}" stands in a key where an id of another kind belongs`);
    return text;
  };
}
