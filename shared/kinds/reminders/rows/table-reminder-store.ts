import { parsedOrReported } from '../../../adapters/table/row/parse-row.ts';
import type { StoredRow, Write } from '../../../adapters/table/row/row.ts';
import { writeMarked } from '../../../adapters/table/storage/marked-write.ts';
import type { Table } from '../../../adapters/table/storage/table.ts';
import type { TableService } from '../../../adapters/table/table-service.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Reminder } from '../model/reminder.ts';
import type { ReminderList, ReminderStore, StoredReminder } from '../stores/reminder-store.ts';
import {
  fromNumberingRow,
  fromReminderRow,
  numberingKeys,
  REMINDERS,
  reminderKeys,
  toNumberingRow,
  toReminderRow,
} from './reminder-row.ts';

/** Rows removed at the same time. */
const REMOVALS = 16;

/** The reminders of a conversation lie in its partition, next to the last number that was given there. */
export class TableReminderStore implements ReminderStore {
  readonly #service: TableService;
  readonly #table: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#table = service.table('reminders');
  }

  async of(conversation: ConversationKey): Promise<ReminderList> {
    // The numbering first: a reminder that is made in between then loses the race, and is not made twice.
    const numbering = await this.#table.get(numberingKeys(conversation));
    if (numbering === undefined) return { reminders: [], lastNumber: 0 };
    const reminders: StoredReminder[] = [];
    for await (const row of this.#table.rows({ partition: conversation, ...REMINDERS })) {
      const reminder = parsedOrReported(this.#service, () => fromReminderRow(this.#table, row));
      if (reminder !== undefined) reminders.push({ reminder, tag: row.etag });
    }
    return {
      reminders,
      lastNumber: fromNumberingRow(this.#table, numbering),
      numbering: numbering.etag,
    };
  }

  async find(conversation: ConversationKey, number: number): Promise<StoredReminder | undefined> {
    const row = await this.#table.get(reminderKeys(conversation, number));
    return row === undefined ? undefined : { reminder: fromReminderRow(this.#table, row), tag: row.etag };
  }

  async create(reminder: Reminder, numbering?: string): Promise<'saved' | 'lost'> {
    const row = toNumberingRow(reminder.conversation, reminder.number);
    const written = await writeMarked(
      this.#table,
      numbering === undefined ? { kind: 'insert', row } : { kind: 'replace', row, etag: numbering },
      { kind: 'insert', row: toReminderRow(reminder) },
    );
    return written === undefined ? 'lost' : 'saved';
  }

  async save(reminder: Reminder, tag: string, list?: ReminderList): Promise<'saved' | 'lost'> {
    const row = toReminderRow(reminder);
    const { numbering, lastNumber = 0 } = list ?? {};
    // Written with the same number, the numbering has another tag: whoever counted at the same time loses.
    const beside: Write | undefined =
      numbering === undefined
        ? undefined
        : { kind: 'replace', row: toNumberingRow(reminder.conversation, lastNumber), etag: numbering };
    const written = await writeMarked(this.#table, { kind: 'replace', row, etag: tag }, beside);
    return written === undefined ? 'lost' : 'saved';
  }

  async forget(conversation: ConversationKey): Promise<void> {
    const rows: StoredRow[] = [];
    for await (const row of this.#table.rows({ partition: conversation })) rows.push(row);
    await inParallel(rows, REMOVALS, (row) => this.#table.remove(row, row.etag));
  }

  async remove(conversation: ConversationKey, numbers: readonly number[]): Promise<void> {
    await inParallel(numbers, REMOVALS, (number) => this.#table.remove(reminderKeys(conversation, number)));
  }
}
