import { z } from 'zod';
import { type ParkedItem, ParkingReason } from '../../../ports/event/parking.ts';
import { chunked, fromChunks, toChunks } from '../row/chunks.ts';
import { CorruptRow } from '../row/corrupt-row.ts';
import { instantField, jsonText } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

export const PARKED = 'parked';

/**
 * Reasons that the release before this one cannot read, and what stands for each in `reason`; the true one lies in
 * `trueReason` beside it. One release on they are written as they are.
 */
const STANDS_FOR: { readonly [Reason in ParkingReason]?: ParkingReason } = { rejected: 'exhausted' };

const rowSchema = z.object({
  rowKey: z.string(),
  reason: z.enum(ParkingReason),
  trueReason: z.enum(ParkingReason).exactOptional(),
  kind: z.enum(['event', 'delivery', 'message']),
  traceparent: z.string().exactOptional(),
  parkedAt: instantField,
});

const detailsSchema = chunked('details').pipe(
  jsonText(
    z.object({
      faults: z.array(z.object({ path: z.string(), message: z.string() })),
      properties: z.record(z.string(), z.string()).exactOptional(),
    }),
  ),
);

export function isParkedId(id: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(id);
}

export function parkedKeys(id: string): RowKeys {
  return { partitionKey: PARKED, rowKey: id };
}

/** The original lies in chunks of its own, as it came: as a part of some JSON its quotes would double it. */
export function toParkedRow(item: ParkedItem): Row {
  const { id, reason, kind, traceparent, parkedAt, original, faults, properties } = item;
  return {
    ...parkedKeys(id),
    reason: STANDS_FOR[reason] ?? reason,
    trueReason: reason in STANDS_FOR ? reason : undefined,
    kind,
    traceparent,
    parkedAt: double(parkedAt),
    ...toChunks('original', original),
    ...toChunks('details', JSON.stringify({ faults, properties })),
  };
}

/** The rows among which those of a reason are. Others may be among them that only stand there as that. */
export function rowsOfReason(reason: ParkingReason): { readonly property: string; readonly is: string } {
  return { property: 'reason', is: STANDS_FOR[reason] ?? reason };
}

/** Throws `CorruptRow`. */
export function fromParkedRow(table: Pick<Table, 'name'>, row: StoredRow): ParkedItem {
  const { rowKey, trueReason, reason, ...fields } = parseRow(table, row, rowSchema);
  const original = fromChunks('original', row);
  if (original === undefined) throw new CorruptRow(table.name, row, 'original: a chunk is missing');
  return {
    id: rowKey,
    reason: trueReason ?? reason,
    ...fields,
    ...parseRow(table, row, detailsSchema),
    original,
    tag: row.etag,
  };
}
