import { z } from 'zod';
import { isNotificationId, type NotificationId } from '../../../shared/domain/ids.ts';
import type { Report } from '../../../shared/use-cases/upkeep/report-notification.ts';

const counts = z.record(z.string(), z.int().nonnegative());
const text = z.string().exactOptional();

/** The answer of `GET /api/notifications/{id}`. */
export const reportSchema: z.ZodType<Report> = z.object({
  id: z.custom<NotificationId>((value) => typeof value === 'string' && isNotificationId(value)),
  type: z.string(),
  source: z.string(),
  eventId: z.string(),
  acceptedAt: z.string(),
  complete: z.boolean(),
  addressed: z.int().nonnegative(),
  outcomes: counts,
  pending: counts,
  firstAt: text,
  lastAt: text,
  traceparent: text,
  recipients: z
    .array(
      z.object({
        conversation: z.string(),
        state: z.string(),
        reason: text,
        at: text,
        attempts: z.number().exactOptional(),
        repeats: z.number().exactOptional(),
        activityId: text,
        lastError: z.object({ class: z.string(), code: z.string() }).exactOptional(),
      }),
    )
    .exactOptional(),
  continuation: text,
});
