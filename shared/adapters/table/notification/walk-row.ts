import { z } from 'zod';
import { groupToJson, type Walk, walkName } from '../../../domain/event/job.ts';
import { hashOf } from '../../../domain/hash.ts';
import {
  conversationKeyField,
  groupField,
  jsonText,
  notificationIdField,
  tenantKeyField,
} from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';

const PREFIX = 'w:';
export const WALKS = startingWith(PREFIX);

const rowSchema = z.object({
  partitionKey: notificationIdField,
  tenant: tenantKeyField,
  group: jsonText(groupField),
  after: conversationKeyField.exactOptional(),
  done: z.boolean(),
});

type WalkId = Pick<Walk, 'notification' | 'group' | 'tenant'>;

export function walkKeys(walk: WalkId): RowKeys {
  const name = hashOf(walkName(walk));
  return { partitionKey: walk.notification, rowKey: `${PREFIX}${name}` };
}

export function toWalkRow(walk: Walk): Row {
  return {
    ...walkKeys(walk),
    tenant: walk.tenant,
    group: JSON.stringify(groupToJson(walk.group)),
    after: walk.after,
    done: walk.done,
  };
}

/** Throws `CorruptRow`. */
export function fromWalkRow(table: Pick<Table, 'name'>, row: StoredRow): Walk {
  const { partitionKey, ...walk } = parseRow(table, row, rowSchema);
  return { notification: partitionKey, ...walk };
}
