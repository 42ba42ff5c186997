import { parsedOrReported } from '../../../adapters/table/row/parse-row.ts';
import type { RowKeys } from '../../../adapters/table/row/row.ts';
import { checkedLimit } from '../../../adapters/table/storage/range.ts';
import type { Table } from '../../../adapters/table/storage/table.ts';
import type { TableService } from '../../../adapters/table/table-service.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Instant } from '../../../domain/time.ts';
import type { DueReminder } from '../model/reminder.ts';
import type { ReminderIndex } from '../stores/reminder-index.ts';
import { dueKeys, fromDueRow, minutesUpTo, toDueRow } from './reminder-row.ts';

/** A transaction holds so many rows at most. */
const MOST_REMOVED = 100;
/** Transactions, and removals within one, under way at the same time: few, because nobody waits for them. */
const REMOVALS = 2;

/** One partition a minute. A row that cannot be read is left out and reported; it stays until somebody removes it. */
export class TableReminderIndex implements ReminderIndex {
  readonly #service: TableService;
  readonly #table: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#table = service.table('reminders');
  }

  async add(due: DueReminder): Promise<void> {
    await this.#table.put(toDueRow(due));
  }

  async rewrite(due: DueReminder): Promise<void> {
    await this.#table.mergeExisting(toDueRow(due));
  }

  async remove(due: readonly DueReminder[]): Promise<void> {
    await inParallel(blocksOf(due.map(dueKeys)), REMOVALS, async (block) => {
      const [only] = block;
      if (block.length === 1 && only !== undefined) return void (await this.#table.remove(only));
      const removed = await this.#table.transact(block.map((row) => ({ kind: 'remove', row })));
      // Refused where one of them is gone already, as after a tick that ran twice.
      if (removed === undefined) await inParallel(block, REMOVALS, (row) => this.#table.remove(row));
    });
  }

  async *due(until: Instant, limit: number): AsyncGenerator<readonly DueReminder[], void, undefined> {
    const most = checkedLimit(limit);
    let page: DueReminder[] = [];
    for await (const row of this.#table.rows(minutesUpTo(until), { pageSize: most })) {
      const due = parsedOrReported(this.#service, () => fromDueRow(this.#table, row));
      if (due === undefined) continue;
      // Rows come by instant: behind one that is not due yet, none is.
      if (due.at > until) break;
      page.push(due);
      if (page.length < most) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }
}

/** Distinct rows of one partition, as many as a transaction holds. */
function blocksOf(keys: readonly RowKeys[]): readonly (readonly RowKeys[])[] {
  const partitions = new Map<string, Map<string, RowKeys>>();
  for (const row of keys) {
    const rows = partitions.get(row.partitionKey) ?? new Map<string, RowKeys>();
    partitions.set(row.partitionKey, rows.set(row.rowKey, row));
  }
  return [...partitions.values()].flatMap((rows) => {
    const all = [...rows.values()];
    return Array.from({ length: Math.ceil(all.length / MOST_REMOVED) }, (_, block) =>
      all.slice(block * MOST_REMOVED, (block + 1) * MOST_REMOVED),
    );
  });
}
