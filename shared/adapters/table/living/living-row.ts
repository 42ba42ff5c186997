import { z } from 'zod';
import { type ConversationKey, isConversationKey } from '../../../domain/ids.ts';
import type { Living, LivingId, Shown, UnderWay } from '../../../domain/living/living.ts';
import type { Order } from '../../../domain/living/order.ts';
import { CorruptRow } from '../row/corrupt-row.ts';
import { conversationKeyField, instantField, jsonText, notificationIdField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';

/** In table `conversations`, where every delivery of the addressee is; the former release passes over it. */
const PREFIX = 'y:';

const orderSchema: z.ZodType<Order> = z.object({
  sequence: z.string().exactOptional(),
  time: instantField,
  arrival: instantField,
  id: z.string(),
});

const shownSchema: z.ZodType<Shown> = z.object({
  notification: notificationIdField,
  channelId: z.string(),
  conversationId: z.string(),
  activityId: z.string(),
  last: z.literal(true).exactOptional(),
});

const underWaySchema: z.ZodType<UnderWay> = z.object({
  notification: notificationIdField,
  as: z.enum(['send', 'change']),
  until: instantField,
  last: z.literal(true).exactOptional(),
  of: conversationKeyField.exactOptional(),
});

const rowSchema = z.object({
  newest: notificationIdField,
  order: jsonText(orderSchema),
  shown: jsonText(shownSchema).exactOptional(),
  underWay: jsonText(underWaySchema).exactOptional(),
  askedAt: instantField.exactOptional(),
  isFixed: z.literal(true).exactOptional(),
  closing: jsonText(shownSchema).exactOptional(),
  /** All but the first: the former release knows of one, reads the row, and forgets these with what it writes. */
  closingMore: jsonText(z.array(shownSchema)).exactOptional(),
});

export function livingKeys({ conversation, name }: LivingId): RowKeys {
  return { partitionKey: conversation, rowKey: `${PREFIX}${name}` };
}

export function everyLivingRow(conversation: ConversationKey) {
  return { partition: conversation, ...startingWith(PREFIX) };
}

export function toLivingRow({ id, newest, shown, underWay, askedAt, isFixed, closing = [] }: Living): Row {
  return {
    ...livingKeys(id),
    newest: newest.notification,
    order: JSON.stringify(newest.order),
    shown: optionalJson(shown),
    underWay: optionalJson(underWay),
    askedAt: askedAt === undefined ? undefined : double(askedAt),
    isFixed,
    closing: optionalJson(closing[0]),
    closingMore: closing.length > 1 ? JSON.stringify(closing.slice(1)) : undefined,
  };
}

/** Throws `CorruptRow`. */
export function fromLivingRow(table: Pick<Table, 'name'>, row: StoredRow): Living {
  const { partitionKey: conversation, rowKey } = row;
  if (!isConversationKey(conversation) || !rowKey.startsWith(PREFIX)) {
    throw new CorruptRow(table.name, row, 'keys: must be a conversation key and "y:" with the name of a key');
  }
  const {
    newest: notification,
    order,
    closing: first,
    closingMore = [],
    ...rest
  } = parseRow(table, row, rowSchema);
  const closing = first === undefined ? closingMore : [first, ...closingMore];
  return {
    id: { conversation, name: rowKey.slice(PREFIX.length) },
    newest: { notification, order },
    ...rest,
    ...(closing.length === 0 ? {} : { closing }),
    etag: row.etag,
  };
}

function optionalJson(value: object | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
