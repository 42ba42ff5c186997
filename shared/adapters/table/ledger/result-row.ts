import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import { type DeliveryResult, NobodyReason, Outcome, Pending } from '../../../domain/delivery/delivery.ts';
import type { PendingResult, Recalled } from '../../../ports/delivery/ledger.ts';
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
  shownIn: z.string().exactOptional(),
  triedIn: z.string().exactOptional(),
  lastError: errorSchema.exactOptional(),
});

/**
 * Outcomes of which the former release knows nothing, as it is to read them: `truth` beside says what it really is. A
 * release that knows a truth of which this one knows nothing is read as its nearest, too.
 */
const NEAREST: { readonly [outcome in Outcome]?: Outcome } = {
  [Outcome.cancelled]: Outcome.dropped,
  [Outcome.updated]: Outcome.delivered,
  [Outcome.superseded]: Outcome.dropped,
  [Outcome.recalled]: Outcome.delivered,
};
const truths: ReadonlySet<unknown> = new Set(Object.keys(NEAREST));

const nobodyReasons: ReadonlySet<unknown> = new Set(Object.values(NobodyReason));

function isNobodyReason(reason: unknown): reason is NobodyReason {
  return nobodyReasons.has(reason);
}

const outcomeRowSchema = z.object({
  result: jsonText(resultSchema),
  truth: z.string().exactOptional(),
  /** Beside the result, of whose reasons the former release takes none but its own. */
  whyNobody: z.string().exactOptional(),
  notRecalled: z.string().exactOptional(),
  readAt: instantField.exactOptional(),
});
const addressRowSchema = z.object({
  state: z.enum(Pending).default(Pending.queued),
  waiting: z.string().exactOptional(),
});

/** `outcome` and `at` stand beside the whole result, so that counting reads no more than them. */
export function toOutcomeRow(keys: RowKeys, { notRecalled, readAt, reason, ...result }: DeliveryResult): Row {
  const outcome = NEAREST[result.outcome] ?? result.outcome;
  const isOfNobody = nobodyReasons.has(reason);
  return {
    ...keys,
    outcome,
    at: double(result.at),
    result: JSON.stringify({ ...result, outcome, reason: isOfNobody ? undefined : reason }),
    ...(outcome === result.outcome ? {} : { truth: result.outcome }),
    ...defined({ whyNobody: isOfNobody ? reason : undefined, notRecalled, readAt: double(readAt) }),
  };
}

/** What a recall came to, beside the outcome that it follows. */
export function toRecallRow(keys: RowKeys, made: Recalled): Row {
  return { ...keys, ...(made === 'recalled' ? { truth: Outcome.recalled } : { notRecalled: made.refused }) };
}

/** What the properties of an outcome's row say that it is; `undefined` where they say nothing that is known. */
export function outcomeOf({ outcome, truth }: { readonly [property: string]: unknown }): Outcome | undefined {
  const said = truths.has(truth) ? truth : outcome;
  return Object.values(Outcome).find((known) => known === said);
}

/** Throws `CorruptRow`. */
export function fromOutcomeRow(table: Pick<Table, 'name'>, row: StoredRow): DeliveryResult {
  const { result, truth, whyNobody, notRecalled, readAt } = parseRow(table, row, outcomeRowSchema);
  const outcome = outcomeOf({ outcome: result.outcome, truth }) ?? result.outcome;
  const reason = isNobodyReason(whyNobody) ? whyNobody : result.reason;
  return { ...result, outcome, ...defined({ reason, notRecalled, readAt }) };
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
