import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import type { Slack } from '../../../domain/delivery/slack.ts';
import type { TenantKey } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

/** Sorts before what instances tell each other, so that one query gives both. */
export const CURSOR = 'cursor';

/** A tenant's next free slot, and the slack of its slots, once one is known. */
export interface Cursor {
  readonly next: Instant;
  readonly slack?: Slack | undefined;
  /** Slots that were given out. A release that does not count writes the row without it: it begins anew. */
  readonly taken?: number | undefined;
}

const cursorSchema = z.object({
  next: z.number(),
  slack: z.number().optional(),
  firmUntil: z.number().optional(),
  taken: z.number().optional(),
});

export function cursorKeys(tenant: TenantKey) {
  return { partitionKey: tenant, rowKey: CURSOR };
}

/** A release that knows no slack writes the row without it: then it is found out anew. */
export function toCursorRow(tenant: TenantKey, { next, slack, taken }: Cursor): Row {
  return {
    ...cursorKeys(tenant),
    // Of a tenant that has taken no slot yet.
    next: double(Number.isFinite(next) ? next : 0),
    slack: slack && double(slack.span),
    firmUntil: slack?.firmUntil === undefined ? undefined : double(slack.firmUntil),
    taken: taken === undefined ? undefined : double(taken),
  };
}

/** Throws `CorruptRow`. */
export function fromCursorRow(table: Pick<Table, 'name'>, row: StoredRow): Cursor {
  const { next, slack, firmUntil, taken } = parseRow(table, row, cursorSchema);
  const counted = defined({ taken });
  if (slack === undefined) return { next, ...counted };
  return { next, slack: { span: slack, ...defined({ firmUntil }) }, ...counted };
}
