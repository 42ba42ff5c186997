import { z } from 'zod';
import type { DeliveryError, DeliveryId, DeliveryRow } from '../../../domain/delivery/delivery.ts';
import { isFailureMeaning } from '../../../domain/delivery/failure.ts';
import { isConversationKey, isNotificationId } from '../../../domain/ids.ts';
import { CorruptRow } from '../row/corrupt-row.ts';
import {
  conversationKeyField,
  countField,
  instantField,
  jsonText,
  notificationIdField,
} from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';

const PREFIX = 'd:';
const DEFERRED_PREFIX = 'l:';
/** The delivery rows of a conversation. */
export const DELIVERIES = startingWith(PREFIX);
/** The list of what is deferred. */
export const DEFERRED = startingWith(DEFERRED_PREFIX);

/** A meaning that only a later release knows is left out. */
export const errorSchema: z.ZodType<DeliveryError> = z
  .object({ class: z.string(), code: z.string(), meaning: z.unknown().optional() })
  .transform(({ meaning, ...error }) => (isFailureMeaning(meaning) ? { ...error, meaning } : error));

const rowSchema = z.object({
  version: countField,
  state: z.enum(['claimed', 'deferred', 'retrying', 'moved', 'joined']),
  movedFrom: conversationKeyField.exactOptional(),
  digest: notificationIdField.exactOptional(),
  behind: notificationIdField.exactOptional(),
  leaseUntil: instantField.exactOptional(),
  withoutRequest: z.literal(true).exactOptional(),
  dueAt: instantField.exactOptional(),
  deferral: z.enum(['waiting', 'quiet-hours', 'burst']).exactOptional(),
  waitUntil: instantField.exactOptional(),
  claimedAt: instantField.exactOptional(),
  attempts: countField,
  unconfirmed: countField,
  firstClaimedAt: instantField,
  undeciphered: jsonText(z.object({ count: countField, since: instantField })).exactOptional(),
  lastError: jsonText(errorSchema).exactOptional(),
});

/**
 * Lists a deferred delivery: the few that are deferred are found by this small range, however many deliveries the
 * conversation has had. Written together with the delivery row and removed some time after it has moved on.
 */
export function deferredKeys({ notification, conversation }: DeliveryId): RowKeys {
  return { partitionKey: conversation, rowKey: `${DEFERRED_PREFIX}${notification}` };
}

/** The delivery that a row of the list names; `undefined` when its keys are none of a delivery. */
export function listedDelivery({ partitionKey, rowKey }: RowKeys): DeliveryId | undefined {
  const notification = rowKey.slice(DEFERRED_PREFIX.length);
  return isNotificationId(notification) && isConversationKey(partitionKey)
    ? { notification, conversation: partitionKey }
    : undefined;
}

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
    digest: row.digest,
    behind: row.behind,
    leaseUntil: double(row.leaseUntil),
    withoutRequest: row.withoutRequest,
    dueAt: double(row.dueAt),
    deferral: row.deferral,
    waitUntil: double(row.waitUntil),
    claimedAt: double(row.claimedAt),
    attempts: row.attempts,
    unconfirmed: row.unconfirmed,
    firstClaimedAt: double(row.firstClaimedAt),
    undeciphered: row.undeciphered === undefined ? undefined : JSON.stringify(row.undeciphered),
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
