import { z } from 'zod';
import type { NotificationId } from '../../../domain/ids.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

const rowSchema = z.object({ digest: z.string() });

export function requestKeys(id: NotificationId): RowKeys {
  return { partitionKey: id, rowKey: 'i' };
}

export function toRequestRow(id: NotificationId, digest: string): Row {
  return { ...requestKeys(id), digest };
}

/** Throws `CorruptRow`. */
export function fromRequestRow(table: Pick<Table, 'name'>, row: StoredRow): string {
  return parseRow(table, row, rowSchema).digest;
}
