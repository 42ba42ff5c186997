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
}

const cursorSchema = z.object({
  next: z.number(),
  slack: z.number().optional(),
  firmUntil: z.number().optional(),
});

export function cursorKeys(tenant: TenantKey) {
  return { partitionKey: tenant, rowKey: CURSOR };
}

/** A release that knows no slack writes the row without it: then it is found out anew. */
export function toCursorRow(tenant: TenantKey, { next, slack }: Cursor): Row {
  return {
    ...cursorKeys(tenant),
    // Of a tenant that has taken no slot yet.
    next: double(Number.isFinite(next) ? next : 0),
    slack: slack && double(slack.span),
    firmUntil: slack?.firmUntil === undefined ? undefined : double(slack.firmUntil),
  };
}

/** Throws `CorruptRow`. */
export function fromCursorRow(table: Pick<Table, 'name'>, row: StoredRow): Cursor {
  const { next, slack, firmUntil } = parseRow(table, row, cursorSchema);
  if (slack === undefined) return { next };
  return { next, slack: { span: slack, ...defined({ firmUntil }) } };
}
