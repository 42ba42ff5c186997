import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import { days, type Instant } from '../../../domain/time.ts';
import type { AuditEntry, AuditTrail } from '../../../ports/audit-trail.ts';
import { instantField } from '../row/fields.ts';
import { parsedOrReported, parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import { dayOf, downFrom, startOfDay } from '../storage/newest-first.ts';
import { checkedLimit } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

const PREFIX = 'au';
const AT_ONCE = 16;

const rowSchema = z.object({
  at: instantField,
  who: z.string(),
  action: z.string(),
  what: z.string(),
  from: z.string(),
  outcome: z.string().exactOptional(),
});

/** Rows `au:<day>` / `<instant, counted down>:<id>` of table `directory`. */
export class TableAuditTrail implements AuditTrail {
  readonly #service: TableService;
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#directory = service.table('directory');
  }

  async beginEntry(entry: AuditEntry): Promise<void> {
    await this.#directory.put(toRow(entry));
  }

  async endEntry(entry: AuditEntry & { readonly outcome: string }): Promise<void> {
    await this.#directory.put(toRow(entry));
  }

  async listEntries({
    from,
    since,
    limit: most,
    after,
  }: {
    readonly from: Instant;
    readonly since: Instant;
    readonly limit: number;
    readonly after?: string;
  }): Promise<{ readonly items: readonly AuditEntry[]; readonly after?: string }> {
    const limit = checkedLimit(most);
    const behind = after === undefined ? undefined : placeOf(after, from);
    const range = {
      ...(behind === undefined ? { from: `${downFrom(from)}:` } : { after: behind.rowKey }),
      below: `${downFrom(since)};`,
    };
    const items: AuditEntry[] = [];
    let last: string | undefined;
    for (let day = startOfDay(behind?.at ?? from); day >= startOfDay(since); day -= days(1)) {
      const rows = this.#directory.rows({ partition: dayOf(PREFIX, day), ...range }, { pageSize: limit + 1 });
      for await (const row of rows) {
        if (items.length === limit && last !== undefined) return { items, after: last };
        last = row.rowKey;
        const entry = parsedOrReported(this.#service, () => this.#fromRow(row));
        if (entry !== undefined) items.push(entry);
      }
    }
    return { items };
  }

  async removeOlderEntries(before: Instant, most: number): Promise<number> {
    const range = {
      firstPartition: `${PREFIX}:`,
      lastPartition: dayOf(PREFIX, startOfDay(before) - days(1)),
    };
    const old: RowKeys[] = [];
    for await (const row of this.#directory.rows(range, { pageSize: checkedLimit(most), select: [] })) {
      old.push({ partitionKey: row.partitionKey, rowKey: row.rowKey });
      if (old.length === most) break;
    }
    await inParallel(old, AT_ONCE, (keys) => this.#directory.remove(keys));
    return old.length;
  }

  /** Throws `CorruptRow`. */
  #fromRow(row: StoredRow): AuditEntry {
    const { outcome, ...entry } = parseRow(this.#directory, row, rowSchema);
    return { id: row.rowKey.slice(row.rowKey.indexOf(':') + 1), ...entry, ...defined({ outcome }) };
  }
}

function toRow({ id, at, who, action, what, from, outcome }: AuditEntry): Row {
  const keys = { partitionKey: dayOf(PREFIX, at), rowKey: `${downFrom(at)}:${id}` };
  return { ...keys, at: double(at), who, action, what, from, outcome };
}

/** Throws `RangeError` for what no page gave. */
function placeOf(after: string, from: Instant): { readonly rowKey: string; readonly at: Instant } {
  const counted = /^(\d{13}):[\w-]{1,64}$/.exec(after)?.[1];
  const at = counted === undefined ? Number.POSITIVE_INFINITY : Number(downFrom(Number(counted)));
  // Clocks of two machines may differ, but not by a day.
  if (at > from + days(1))
    throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
  return { rowKey: after, at };
}
