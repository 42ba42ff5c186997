import { z } from 'zod';
import { groupToJson, type Walk, walkName } from '../../../domain/event/job.ts';
import { hashOf } from '../../../domain/hash.ts';
import {
  conversationKeyField,
  groupField,
  instantField,
  jsonText,
  notificationIdField,
  tenantKeyField,
} from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';

const PREFIX = 'w:';
/** Of walks by a clock: the former release would walk everybody at once, and reads `w:` alone. */
const BY_CLOCK = 'v:';
/** Of notifications with lists, likewise. */
const LISTED = 'u:';
export const WALKS = { from: LISTED, below: startingWith(PREFIX).below };

const rowSchema = z.object({
  partitionKey: notificationIdField,
  tenant: tenantKeyField,
  group: jsonText(groupField),
  dueAt: instantField.exactOptional(),
  after: conversationKeyField.exactOptional(),
  done: z.boolean(),
});

type WalkId = Pick<Walk, 'notification' | 'group' | 'tenant' | 'dueAt'>;

export function walkKeys(walk: WalkId): RowKeys {
  const name = hashOf(walkName(walk));
  const byTime = walk.dueAt === undefined ? PREFIX : BY_CLOCK;
  return {
    partitionKey: walk.notification,
    rowKey: `${walk.group.kind === 'listed' ? LISTED : byTime}${name}`,
  };
}

export function toWalkRow(walk: Walk): Row {
  return {
    ...walkKeys(walk),
    tenant: walk.tenant,
    group: JSON.stringify(groupToJson(walk.group)),
    ...(walk.dueAt === undefined ? {} : { dueAt: double(walk.dueAt) }),
    after: walk.after,
    done: walk.done,
  };
}

/** Throws `CorruptRow`. */
export function fromWalkRow(table: Pick<Table, 'name'>, row: StoredRow): Walk {
  const { partitionKey, ...walk } = parseRow(table, row, rowSchema);
  return { notification: partitionKey, ...walk };
}
