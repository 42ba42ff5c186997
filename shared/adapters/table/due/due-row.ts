import { z } from 'zod';
import { formatDeliveryId } from '../../../domain/delivery/delivery.ts';
import { groupToJson, type KindWork, parseWork, walkName, workToJson } from '../../../domain/event/job.ts';
import { hashOf } from '../../../domain/hash.ts';
import { type Instant, minutes, toIso } from '../../../domain/time.ts';
import type { DueEntry } from '../../../ports/delivery/due-index.ts';
import { requestField } from '../privacy/table-tombstones.ts';
import {
  conversationKeyField,
  groupField,
  instantField,
  jsonText,
  notificationIdField,
  tenantKeyField,
} from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import type { PartitionRange } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';

const ownEntry = z.discriminatedUnion('kind', [
  z.object({
    at: instantField,
    kind: z.literal('delivery'),
    id: z.object({ notification: notificationIdField, conversation: conversationKeyField }),
  }),
  z.object({
    at: instantField,
    kind: z.literal('page'),
    notification: notificationIdField,
    after: conversationKeyField.exactOptional(),
    upTo: conversationKeyField,
  }),
  z.object({
    at: instantField,
    kind: z.literal('walk'),
    walk: z.object({
      notification: notificationIdField,
      group: groupField,
      tenant: tenantKeyField,
      dueAt: instantField.exactOptional(),
    }),
    after: conversationKeyField.exactOptional(),
  }),
  z.object({ at: instantField, kind: z.literal('plan'), notification: notificationIdField }),
  z.object({
    at: instantField,
    kind: z.literal('listed'),
    notification: notificationIdField,
    dueAt: instantField.exactOptional(),
  }),
  z.object({ at: instantField, kind: z.literal('old-notification'), notification: notificationIdField }),
  z.object({ at: instantField, kind: z.literal('old-parked'), parked: z.string() }),
  z.object({ at: instantField, kind: z.literal('forgetting'), request: requestField }),
]);

/** Any other kind of entry is some kind's own work: `{"at":...,"kind":"price-report","report":{...}}`. */
const workEntry = z.looseObject({ at: instantField }).transform(({ at, ...work }, context) => {
  const parsed: KindWork | undefined = parseWork(work);
  if (parsed !== undefined) return { at, kind: 'work' as const, ...parsed };
  context.addIssue({ code: 'custom', message: 'must be a due entry' });
  return z.NEVER;
});

const entrySchema: z.ZodType<DueEntry> = z.union([ownEntry, workEntry]);

const rowSchema = z.object({ entry: jsonText(entrySchema) });

/**
 * Partition `d:<minute>`, row key `<instant>:<hash of what is due>`. The instant is part of the key, so that moving an
 * entry within a minute makes another row: the new one is added before the old one goes, and must outlive it.
 */
export function dueKeys(entry: DueEntry): RowKeys {
  const name = hashOf(nameOf(entry));
  return {
    partitionKey: minuteOf(entry.at),
    rowKey: `${String(Math.floor(entry.at)).padStart(15, '0')}:${name}`,
  };
}

/** The partitions of all minutes up to that of `until`; with `after`, of those behind its minute. */
export function minutesUpTo(until: Instant, after?: Instant): PartitionRange {
  const firstPartition = after === undefined ? 'd:' : minuteOf(after + minutes(1));
  return { firstPartition, lastPartition: minuteOf(until) };
}

/** The partitions of all minutes behind that of `from`. */
export function minutesBeyond(from: Instant): PartitionRange {
  return { firstPartition: minuteOf(from + minutes(1)), lastPartition: 'd:~' };
}

export function toDueRow(entry: DueEntry): Row {
  return { ...dueKeys(entry), entry: JSON.stringify(toJson(entry)) };
}

/** Throws `CorruptRow`. */
export function fromDueRow(table: Pick<Table, 'name'>, row: StoredRow): DueEntry {
  return parseRow(table, row, rowSchema).entry;
}

function toJson(entry: DueEntry): object {
  if (entry.kind === 'work') return { at: entry.at, ...workToJson(entry) };
  if (entry.kind !== 'walk') return entry;
  return { ...entry, walk: { ...entry.walk, group: groupToJson(entry.walk.group) } };
}

/** `d:2026-11-22T17:45` */
function minuteOf(at: Instant): string {
  return `d:${toIso(at - (at % minutes(1))).slice(0, 16)}`;
}

function nameOf(entry: DueEntry): string {
  switch (entry.kind) {
    case 'delivery':
      return `delivery ${formatDeliveryId(entry.id)}`;
    case 'page':
      return `page ${entry.notification} ${entry.after ?? ''} ${entry.upTo}`;
    case 'walk':
      return `walk ${entry.walk.notification} ${walkName(entry.walk)}`;
    case 'plan':
      return `plan ${entry.notification}`;
    case 'listed':
      return `listed ${entry.notification} ${entry.dueAt ?? ''}`;
    case 'work':
      return `${entry.work} ${entry.about.id}`;
    case 'old-notification':
      return `old ${entry.notification}`;
    case 'forgetting':
      return `forgetting ${entry.request.id}`;
    case 'old-parked':
      return `old parked ${entry.parked}`;
  }
}
