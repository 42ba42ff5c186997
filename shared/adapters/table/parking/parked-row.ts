import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { type ParkedItem, ParkingReason } from '../../../ports/event/parking.ts';
import { CorruptRow } from '../row/corrupt-row.ts';
import { bytesFromChunks, chunkedJson, instantField, toChunks, withoutEmptyTrace } from '../row/fields.ts';
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

const detailsSchema = chunkedJson(
  'details',
  z.object({
    faults: z.array(
      z.object({
        path: z.string(),
        message: z.string(),
        rule: z.string().exactOptional(),
        values: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
      }),
    ),
    properties: z.record(z.string(), z.string()).exactOptional(),
  }),
);

export function isParkedId(id: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(id);
}

export function parkedKeys(id: string): RowKeys {
  return { partitionKey: PARKED, rowKey: id };
}

/**
 * The original lies in chunks of its own, as it came: as a part of some JSON its quotes would double it. Bytes that are
 * no UTF-8 lie in the same chunks; who knows text only reads them with U+FFFD in the place of what is none.
 */
export function toParkedRow(item: ParkedItem): Row {
  const { id, reason, kind, traceparent, parkedAt, original, bytes, faults, properties } = item;
  return {
    ...parkedKeys(id),
    reason: STANDS_FOR[reason] ?? reason,
    trueReason: reason in STANDS_FOR ? reason : undefined,
    kind,
    traceparent,
    parkedAt: double(parkedAt),
    ...toChunks('original', bytes ?? original),
    ...toChunks('details', JSON.stringify({ faults, properties })),
  };
}

const reasonSchema = rowSchema.pick({ reason: true, trueReason: true });

/** The properties that a reason is read from. */
export const REASON_FIELDS = ['reason', 'trueReason'] as const;

/** Throws `CorruptRow`. */
export function reasonOf(table: Pick<Table, 'name'>, row: StoredRow): ParkingReason {
  const { reason, trueReason } = parseRow(table, row, reasonSchema);
  return trueReason ?? reason;
}

/** The rows among which those of a reason are. Others may be among them that only stand there as that. */
export function rowsOfReason(reason: ParkingReason): { readonly property: string; readonly is: string } {
  return { property: 'reason', is: STANDS_FOR[reason] ?? reason };
}

/** Throws `CorruptRow`. */
export function fromParkedRow(table: Pick<Table, 'name'>, row: StoredRow): ParkedItem {
  const { rowKey, trueReason, reason, ...fields } = withoutEmptyTrace(parseRow(table, row, rowSchema));
  const stored = bytesFromChunks('original', row);
  if (stored === undefined) throw new CorruptRow(table.name, row, 'original: a chunk is missing');
  return {
    id: rowKey,
    reason: trueReason ?? reason,
    ...fields,
    ...parseRow(table, row, detailsSchema),
    original: stored.toString('utf8'),
    ...(isUtf8(stored) ? {} : { bytes: stored }),
    tag: row.etag,
  };
}
