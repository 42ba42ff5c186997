import { z } from 'zod';
import type { DeliveryId, DeliveryRow } from '../../../domain/delivery.ts';
import { isConversationKey, isNotificationId } from '../../../domain/ids.ts';
import { CorruptRow } from '../row/corrupt-row.ts';
import { conversationKeyField, countField, instantField, jsonText } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow, type Table } from '../storage/table.ts';

const PREFIX = 'd:';

export const errorSchema = z.object({ class: z.string(), code: z.string() });

const rowSchema = z.object({
  version: countField,
  state: z.enum(['claimed', 'deferred', 'retrying', 'moved']),
  movedFrom: conversationKeyField.exactOptional(),
  leaseUntil: instantField.exactOptional(),
  dueAt: instantField.exactOptional(),
  deferral: z.enum(['waiting', 'quiet-hours', 'burst']).exactOptional(),
  attempts: countField,
  unconfirmed: countField,
  firstClaimedAt: instantField,
  lastError: jsonText(errorSchema).exactOptional(),
});

/** The delivery row lies in the conversation's partition. */
export function deliveryKeys({ notification, conversation }: DeliveryId): RowKeys {
  return { partitionKey: conversation, rowKey: `${PREFIX}${notification}` };
}

export function toDeliveryRow(row: DeliveryRow): Row {
  return {
    ...deliveryKeys(row.id),
    version: row.version,
    state: row.state,
    movedFrom: row.movedFrom,
    leaseUntil: optionalDouble(row.leaseUntil),
    dueAt: optionalDouble(row.dueAt),
    deferral: row.deferral,
    attempts: row.attempts,
    unconfirmed: row.unconfirmed,
    firstClaimedAt: double(row.firstClaimedAt),
    lastError: row.lastError === undefined ? undefined : JSON.stringify(row.lastError),
  };
}

/** Throws `CorruptRow`. */
export function fromDeliveryRow(table: Pick<Table, 'name'>, row: StoredRow): DeliveryRow {
  const notification = row.rowKey.slice(PREFIX.length);
  const conversation = row.partitionKey;
  if (!isNotificationId(notification) || !isConversationKey(conversation)) {
    throw new CorruptRow(table.name, row, 'keys: must be a conversation key and "d:" with a notification id');
  }
  return { id: { notification, conversation }, ...parseRow(table, row, rowSchema), etag: row.etag };
}

function optionalDouble(value: number | undefined) {
  return value === undefined ? undefined : double(value);
}
