import { z } from 'zod';
import type { Cancellation } from '../../../domain/event/cancellation.ts';
import type { NotificationId } from '../../../domain/ids.ts';
import { countField, instantField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

/** Right behind the content of the notification (`n`), so that one range reads both. */
export const CANCELLATION = 'n:cancelled';
export const NOTIFICATION_AND_CANCELLATION = { from: 'n', below: 'n;' };

const rowSchema = z.object({
  at: instantField,
  notAddressed: countField.exactOptional(),
  recall: z.literal(true).exactOptional(),
});

export function cancellationKeys(id: NotificationId): RowKeys {
  return { partitionKey: id, rowKey: CANCELLATION };
}

export function toCancellationRow(id: NotificationId, { at, notAddressed, recall }: Cancellation): Row {
  return {
    ...cancellationKeys(id),
    at: double(at),
    notAddressed,
    recall,
  };
}

/** Throws `CorruptRow`. */
export function fromCancellationRow(table: Pick<Table, 'name'>, row: StoredRow): Cancellation {
  return parseRow(table, row, rowSchema);
}
