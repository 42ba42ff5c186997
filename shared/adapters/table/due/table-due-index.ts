import type { Instant } from '../../../domain/time.ts';
import type { DueEntry, DueIndex } from '../../../ports/delivery/due-index.ts';
import { parsedOrReported } from '../row/parse-row.ts';
import type { StoredRow } from '../row/row.ts';
import { checkedLimit } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { dueKeys, fromDueRow, minutesBeyond, minutesUpTo, toDueRow } from './due-row.ts';

/** Table `due`. A row that cannot be read is left out and reported; it stays until somebody removes it. */
export class TableDueIndex implements DueIndex {
  readonly #service: TableService;
  readonly #table: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#table = service.table('due');
  }

  async addDue(entry: DueEntry): Promise<void> {
    await this.#table.put(toDueRow(entry));
  }

  async removeDue(entry: DueEntry): Promise<void> {
    await this.#table.remove(dueKeys(entry));
  }

  async findOverdue(until: Instant, limit: number, after?: DueEntry): Promise<readonly DueEntry[]> {
    const most = checkedLimit(limit);
    const due: DueEntry[] = [];
    for await (const row of this.#rows(until, most, after)) {
      const entry = parsedOrReported(this.#service, () => fromDueRow(this.#table, row));
      // Rows come by instant: behind one that is not due yet, none is.
      if (entry !== undefined && entry.at > until) break;
      if (entry !== undefined) due.push(entry);
      if (due.length === most) break;
    }
    return due;
  }

  async findDueBeyond(from: Instant, limit: number): Promise<readonly DueEntry[]> {
    const most = checkedLimit(limit);
    const entries: DueEntry[] = [];
    for await (const row of this.#table.rows(minutesBeyond(from), { pageSize: most })) {
      const entry = parsedOrReported(this.#service, () => fromDueRow(this.#table, row));
      if (entry !== undefined) entries.push(entry);
      if (entries.length === most) break;
    }
    return entries;
  }

  /** Two ranges, because a condition on both keys at once would make the service read the whole table. */
  async *#rows(until: Instant, pageSize: number, after?: DueEntry): AsyncGenerator<StoredRow> {
    if (after !== undefined) {
      const { partitionKey, rowKey } = dueKeys(after);
      yield* this.#table.rows({ partition: partitionKey, after: rowKey }, { pageSize });
    }
    yield* this.#table.rows(minutesUpTo(until, after?.at), { pageSize });
  }
}
