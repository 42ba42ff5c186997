import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import { isKeyOfKind, isNameOfKind } from '../../../domain/event/job.ts';
import {
  DeliveryMode,
  isListed,
  type KeptRecipient,
  type Notification,
  OnRepeat,
  type Recipient,
} from '../../../domain/event/notification.ts';
import type { NotificationId } from '../../../domain/ids.ts';
import {
  chunkedJson,
  instantField,
  notificationIdField,
  toChunks,
  topicField,
  withoutEmptyTrace,
} from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

/** `{"watchersOf":"<key>"}`: the name of the audience is part of the field's. */
const keptRecipient: z.ZodType<KeptRecipient> = z
  .record(z.string().endsWith('Of'), z.string().refine(isKeyOfKind))
  .refine((fields) => Object.keys(fields).length === 1)
  .transform((fields) => {
    const [[name = '', key = ''] = []] = Object.entries(fields);
    return { keptBy: name.slice(0, -'Of'.length), key };
  })
  .refine(({ keptBy }) => isNameOfKind(keptBy));

function recipientToJson(recipient: Recipient): object {
  return 'keptBy' in recipient ? { [`${recipient.keptBy}Of`]: recipient.key } : recipient;
}

const recipientsField = z.array(
  z.union([
    z.object({ conversation: z.string() }),
    z.object({ user: z.string(), channel: z.string().exactOptional() }),
    z.object({ topic: topicField }),
    z.object({ everyone: z.literal(true) }),
    z.object({ audience: topicField }),
    keptRecipient,
  ]),
);

/**
 * Stands in `to` of one with lists: a release that knows none takes it for the group of a kind that was taken out, so that it
 * tells and plans nothing of it, and what is told already can be shown.
 */
const ELSEWHERE = [{ keptBy: 'list', key: 'elsewhere' }];

const notificationSchema = z.object({
  id: notificationIdField,
  type: z.string(),
  source: z.string(),
  eventId: z.string(),
  subject: z.string().exactOptional(),
  time: instantField,
  acceptedAt: instantField,
  data: z.record(z.string(), z.unknown()),
  to: recipientsField,
  lists: z.object({ to: recipientsField, except: recipientsField.exactOptional() }).exactOptional(),
  delivery: z.object({
    mode: z.enum(DeliveryMode),
    maxWait: z.number(),
    onDeadline: z.enum(['deliver', 'drop']),
    at: z.union([instantField, z.object({ local: z.string() })]).exactOptional(),
    expiresAt: instantField.exactOptional(),
    urgent: z.boolean(),
    onUnconfirmed: z.enum(['resend', 'park']),
    key: z.string().exactOptional(),
    // A way that only a later release knows is the default one.
    onRepeat: z.enum(OnRepeat).catch(OnRepeat.update).exactOptional(),
    last: z.boolean().exactOptional(),
  }),
  sequence: z.string().exactOptional(),
  traceparent: z.string().exactOptional(),
});

const rowSchema = chunkedJson(
  'data',
  notificationSchema
    .transform(withoutEmptyTrace)
    .transform(({ lists, ...notification }): Notification => ({ ...notification, ...lists })),
);

export function notificationKeys(id: NotificationId): RowKeys {
  return { partitionKey: id, rowKey: 'n' };
}

/** The mark that all recipients were named. That of one with lists is apart: another release would set it for having done nothing. */
export function plannedKeys(id: NotificationId, as?: 'listed'): RowKeys {
  return { partitionKey: id, rowKey: as === undefined ? 'p' : 'q' };
}

/** `type` and `acceptedAt` are for whoever looks into the table; the chunks hold everything. */
export function toNotificationRow(notification: Notification): Row {
  return {
    ...notificationKeys(notification.id),
    type: notification.type,
    acceptedAt: double(notification.acceptedAt),
    ...toChunks('data', JSON.stringify(toJson(notification))),
  };
}

function toJson({ to, except, ...notification }: Notification): object {
  if (!isListed({ to, ...defined({ except }) })) return { ...notification, to: to.map(recipientToJson) };
  const lists = { to: to.map(recipientToJson), ...defined({ except: except?.map(recipientToJson) }) };
  return { ...notification, to: ELSEWHERE.map(recipientToJson), lists };
}

/** Throws `CorruptRow`. */
export function fromNotificationRow(table: Pick<Table, 'name'>, row: StoredRow): Notification {
  return parseRow(table, row, rowSchema);
}
