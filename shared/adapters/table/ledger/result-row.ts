import { z } from 'zod';
import { type DeliveryResult, Outcome, Pending } from '../../../domain/delivery/delivery.ts';
import type { PendingResult } from '../../../ports/delivery/ledger.ts';
import { countField, instantField, jsonText } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { errorSchema } from './delivery-row.ts';

const resultSchema = z.object({
  outcome: z.enum(Outcome),
  reason: z
    .enum([
      'muted',
      'unsubscribed',
      'blocked',
      'uninstalled',
      'disabled-by-admin',
      'forgotten',
      'too-large',
      'gone',
      'not-registered',
      'untrusted-service-url',
      'refused',
    ])
    .exactOptional(),
  at: instantField,
  attempts: countField,
  repeats: countField,
  activityId: z.string().exactOptional(),
  lastError: errorSchema.exactOptional(),
});

const outcomeRowSchema = z.object({ result: jsonText(resultSchema) });
const addressRowSchema = z.object({
  state: z.enum(Pending).default(Pending.queued),
  waiting: z.string().exactOptional(),
});

/** `outcome` and `at` stand beside the whole result, so that counting reads no more than them. */
export function toOutcomeRow(keys: RowKeys, result: DeliveryResult): Row {
  return { ...keys, outcome: result.outcome, at: double(result.at), result: JSON.stringify(result) };
}

/** Throws `CorruptRow`. */
export function fromOutcomeRow(table: Pick<Table, 'name'>, row: StoredRow): DeliveryResult {
  return parseRow(table, row, outcomeRowSchema).result;
}

/** Throws `CorruptRow`. */
export function fromAddressRow(table: Pick<Table, 'name'>, row: StoredRow): PendingResult {
  const { state, waiting } = parseRow(table, row, addressRowSchema);
  return {
    outcome: undefined,
    state,
    ...(waiting === undefined || waiting === '' ? {} : { waiting }),
  };
}
