import { z } from 'zod';
import { type Group, parseGroup } from '../../../domain/event/job.ts';
import { parseTopic, type Topic } from '../../../domain/event/topic.ts';
import {
  type ConversationKey,
  isConversationKey,
  isNotificationId,
  isPersonKey,
  isTenantKey,
  type NotificationId,
  type PersonKey,
  type TenantKey,
} from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { fromChunks } from './chunks.ts';

// Schemas of what rows are made of, by the domain's own rules.

export const instantField: z.ZodType<Instant> = z.number();
export const countField: z.ZodType<number> = z.int().nonnegative();

export const conversationKeyField = z.custom<ConversationKey>(
  isConversationKey,
  'must be a conversation key',
);
export const personKeyField = z.custom<PersonKey>(isPersonKey, 'must be a person key');
export const tenantKeyField = z.custom<TenantKey>(isTenantKey, 'must be a tenant key');
export const notificationIdField = z.custom<NotificationId>(isNotificationId, 'must be a notification id');

export const topicField: z.ZodType<Topic> = z.string().transform((text, context) => {
  const topic = parseTopic(text);
  if (topic.ok) return topic.value;
  context.addIssue({ code: 'custom', message: 'must be a topic' });
  return z.NEVER;
});

export const groupField: z.ZodType<Group> = z.unknown().transform((value, context) => {
  const group = parseGroup(value);
  if (group !== undefined) return group;
  context.addIssue({ code: 'custom', message: "must be everyone, a topic or a kind's own group" });
  return z.NEVER;
});

/** Earlier releases stored an empty trace where the host had none: it is none. */
export function withoutEmptyTrace<Row extends { traceparent?: string }>(
  row: Row,
): Row | Omit<Row, 'traceparent'> {
  const { traceparent, ...rest } = row;
  return traceparent === '' ? rest : row;
}

/** Text that is JSON: gives what `schema` makes of it. */
export function jsonText<Output>(schema: z.ZodType<Output>): z.ZodType<Output, string> {
  return z.string().transform(jsonIn).pipe(schema);
}

/** A row in whose chunks JSON lies (`toChunks`): gives what `schema` makes of it. */
export function chunkedJson<Output>(name: string, schema: z.ZodType<Output>): z.ZodType<Output> {
  return z
    .custom<{ readonly [property: string]: unknown }>()
    .transform((row, context) => {
      const text = fromChunks(name, row);
      if (text !== undefined) return jsonIn(text, context);
      context.addIssue({ code: 'custom', message: `the chunks of "${name}" do not make ${name}Size bytes` });
      return z.NEVER;
    })
    .pipe(schema);
}

function jsonIn(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The row is reported as corrupt by whoever parses it; nothing was sent or is lost by that.
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
}
