import { z } from 'zod';
import type { NotificationId } from '../../../domain/ids.ts';
import type { NotedRequest } from '../../../ports/event/notification-store.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

const rowSchema = z.object({ digest: z.string(), source: z.string() });

export function requestKeys(id: NotificationId): RowKeys {
  return { partitionKey: id, rowKey: 'i' };
}

export function toRequestRow(id: NotificationId, request: NotedRequest): Row {
  return { ...requestKeys(id), ...request };
}

/** Throws `CorruptRow`. */
export function fromRequestRow(table: Pick<Table, 'name'>, row: StoredRow): NotedRequest {
  return parseRow(table, row, rowSchema);
}
