import { z } from 'zod';
import { isConversationKey } from '../../../domain/ids.ts';
import type { Subscription } from '../../../ports/conversation/subscription-store.ts';
import { CorruptRow } from '../row/corrupt-row.ts';
import { instantField, tenantKeyField, topicField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { ownSubscriptionRow } from './conversation-keys.ts';

const rowSchema = z.object({ topic: topicField, tenant: tenantKeyField, since: instantField });

export function toSubscriptionRow({ conversation, tenant, topic, since }: Subscription): Row {
  return { ...ownSubscriptionRow(conversation, topic), tenant, topic, since: double(since) };
}

/** Throws `CorruptRow`. */
export function fromSubscriptionRow(table: Pick<Table, 'name'>, row: StoredRow): Subscription {
  const conversation = row.partitionKey;
  if (!isConversationKey(conversation))
    throw new CorruptRow(table.name, row, 'PartitionKey: must be a conversation key');
  return { ...parseRow(table, row, rowSchema), conversation };
}
