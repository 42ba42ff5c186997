import { z } from 'zod';
import { isKeyOfKind, isNameOfKind } from '../../../domain/event/job.ts';
import {
  DeliveryMode,
  type KeptRecipient,
  type Notification,
  OnRepeat,
  type Recipient,
} from '../../../domain/event/notification.ts';
import type { NotificationId } from '../../../domain/ids.ts';
import { chunked, toChunks } from '../row/chunks.ts';
import { instantField, jsonText, notificationIdField, topicField, withoutEmptyTrace } from '../row/fields.ts';
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

const notificationSchema = z.object({
  id: notificationIdField,
  type: z.string(),
  source: z.string(),
  eventId: z.string(),
  subject: z.string().exactOptional(),
  time: instantField,
  acceptedAt: instantField,
  data: z.record(z.string(), z.unknown()),
  to: z.array(
    z.union([
      z.object({ conversation: z.string() }),
      z.object({ user: z.string(), channel: z.string().exactOptional() }),
      z.object({ topic: topicField }),
      z.object({ everyone: z.literal(true) }),
      keptRecipient,
    ]),
  ),
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

const rowSchema = chunked('data').pipe(jsonText(notificationSchema.transform(withoutEmptyTrace)));

export function notificationKeys(id: NotificationId): RowKeys {
  return { partitionKey: id, rowKey: 'n' };
}

/** The mark that all recipients were named. */
export function plannedKeys(id: NotificationId): RowKeys {
  return { partitionKey: id, rowKey: 'p' };
}

/** `type` and `acceptedAt` are for whoever looks into the table; the chunks hold everything. */
export function toNotificationRow(notification: Notification): Row {
  return {
    ...notificationKeys(notification.id),
    type: notification.type,
    acceptedAt: double(notification.acceptedAt),
    ...toChunks('data', JSON.stringify({ ...notification, to: notification.to.map(recipientToJson) })),
  };
}

/** Throws `CorruptRow`. */
export function fromNotificationRow(table: Pick<Table, 'name'>, row: StoredRow): Notification {
  return parseRow(table, row, rowSchema);
}
