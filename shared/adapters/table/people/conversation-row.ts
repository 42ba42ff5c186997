import { z } from 'zod';
import { type Conversation, SuppressionReason } from '../../../domain/conversation/conversation.ts';
import { chunkedJson, conversationKeyField, instantField, tenantKeyField, toChunks } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { recordRow } from './conversation-keys.ts';

export const accountSchema = z.object({
  id: z.string(),
  name: z.string().exactOptional(),
  aadObjectId: z.string().exactOptional(),
});

const placeSchema = z.object({ id: z.string(), name: z.string().exactOptional() });

const recordSchema = z.object({
  key: conversationKeyField,
  tenant: tenantKeyField,
  channelId: z.string(),
  serviceUrl: z.string(),
  conversationId: z.string().exactOptional(),
  conversationType: z.enum(['personal', 'groupChat', 'channel']),
  conversationName: z.string().exactOptional(),
  tenantId: z.string().exactOptional(),
  bot: accountSchema,
  user: accountSchema.exactOptional(),
  installedBy: accountSchema.exactOptional(),
  team: placeSchema.exactOptional(),
  channel: placeSchema.exactOptional(),
  locale: z.string().exactOptional(),
  timeZone: z.string().exactOptional(),
  capturedAt: instantField,
});

const rowSchema = z.object({
  changedAt: instantField,
  suppressed: z.enum(SuppressionReason).exactOptional(),
});

const dataSchema = chunkedJson('data', recordSchema);

/**
 * The record as a row. What the channel told lies in one JSON text, because names and ids may hold anything; the two
 * fields that `suppress` writes are properties of their own.
 */
export function toConversationRow(conversation: Conversation): Row {
  const { suppressed, changedAt, ...record } = conversation;
  return {
    ...recordRow(conversation.key),
    ...toChunks('data', JSON.stringify(record)),
    changedAt: double(changedAt),
    suppressed,
  };
}

/** Throws `CorruptRow`. */
export function fromConversationRow(table: Pick<Table, 'name'>, row: StoredRow): Conversation {
  return { ...parseRow(table, row, dataSchema), ...parseRow(table, row, rowSchema) };
}
