import { z } from 'zod';
import { defined } from '../../../shared/domain/defined.ts';
import type { Recipient } from '../../../shared/domain/event/notification.ts';
import { isConversationKey, isNotificationId, type NotificationId } from '../../../shared/domain/ids.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';
import type { Cancelled } from '../../../shared/use-cases/cancel/cancel-notification.ts';
import type { Report } from '../../../shared/use-cases/upkeep/report-notification.ts';
import type { ReportedRecipient } from '../../../shared/use-cases/upkeep/report-recipients.ts';

const counts = z.record(z.string(), z.int().nonnegative());
const text = z.string().exactOptional();

const recipient = z.object({
  addressee: text,
  conversation: text,
  entry: z.custom<Recipient>(isJsonObject).exactOptional(),
  state: z.string(),
  reason: text,
  at: text,
  attempts: z.number().exactOptional(),
  repeats: z.number().exactOptional(),
  activityId: text,
  read: text,
  notRecalled: text,
  lastError: z.object({ class: z.string(), code: z.string() }).exactOptional(),
});

/** The release before this one gives the addressee's key as the conversation, and no addressee. */
function ofAnyRelease({ conversation, ...row }: z.infer<typeof recipient>): ReportedRecipient {
  return row.addressee === undefined && isConversationKey(conversation)
    ? { ...row, addressee: conversation }
    : { ...row, ...defined({ conversation }) };
}

const shape = {
  id: z.custom<NotificationId>((value) => typeof value === 'string' && isNotificationId(value)),
  type: z.string(),
  source: z.string(),
  eventId: z.string(),
  acceptedAt: z.string(),
  complete: z.boolean(),
  addressed: z.int().nonnegative(),
  outcomes: counts,
  pending: counts,
  cancelled: text,
  notAddressed: z.int().nonnegative().exactOptional(),
  read: z.object({ read: z.int().nonnegative(), unknown: z.int().nonnegative() }).exactOptional(),
  firstAt: text,
  lastAt: text,
  traceparent: text,
  recipients: z.array(recipient.transform(ofAnyRelease)).exactOptional(),
  continuation: text,
};

/** The answer of `GET /api/notifications/{id}`. */
export const reportSchema: z.ZodType<Report> = z.object(shape);

/** The answer of `DELETE /api/notifications/{id}`. */
export const cancelledSchema: z.ZodType<Cancelled> = z.discriminatedUnion('known', [
  z.object({ ...shape, known: z.literal(true), cancelled: z.string() }),
  z.object({ id: shape.id, known: z.literal(false), cancelled: z.string() }),
]);
