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

/** A property holds 64 KiB at most. */
export const CHUNK_BYTES = 64 * 1024;
/** A row holds 1 MiB at most; what is left is for keys and small properties. */
export const MOST_CHUNKS = 15;

/**
 * Splits text into binary properties `<name>0`, `<name>1`, ... of UTF-8, with its length in bytes as `<name>Size`.
 * Bytes and not characters, so that a table cell's limit needs no thought of UTF-16, and no character is cut:
 * the chunks are joined before they are decoded. Bytes are split as they are. Throws `RangeError` for text of more than 960 KiB.
 */
export function toChunks(
  name: string,
  text: string | Uint8Array,
  chunkBytes: number = CHUNK_BYTES,
): { readonly [property: string]: Uint8Array | number } {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  if (bytes.length > MOST_CHUNKS * chunkBytes) {
    throw new RangeError(
      `"${name}" has ${bytes.length} bytes; a row holds ${MOST_CHUNKS * chunkBytes} at most: shorten it`,
    );
  }
  const properties: { [property: string]: Uint8Array | number } = { [`${name}Size`]: bytes.length };
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    properties[`${name}${start / chunkBytes}`] = bytes.subarray(start, start + chunkBytes);
  }
  return properties;
}

/** Puts the text together again; `undefined` when a chunk is missing or has the wrong length. */
export function fromChunks(name: string, row: { readonly [property: string]: unknown }): string | undefined {
  return bytesFromChunks(name, row)?.toString('utf8');
}

/** The same as bytes. */
export function bytesFromChunks(
  name: string,
  row: { readonly [property: string]: unknown },
): Buffer | undefined {
  const size = row[`${name}Size`];
  if (typeof size !== 'number') return undefined;
  const chunks: Uint8Array[] = [];
  let read = 0;
  // Chunks past the size are left-overs of a longer text that was merged over: not ours.
  while (read < size) {
    const chunk = row[`${name}${chunks.length}`];
    if (!(chunk instanceof Uint8Array) || chunk.length === 0) return undefined;
    chunks.push(chunk);
    read += chunk.length;
  }
  return read === size ? Buffer.concat(chunks) : undefined;
}
