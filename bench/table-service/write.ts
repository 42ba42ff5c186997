import type { EntityOperation } from '../../dev/tables/operation.ts';
import type { Properties, SortedRows } from './sorted-rows.ts';

/** One write: what it does, its condition, and the properties it brings. */
export interface Write {
  readonly operation: EntityOperation;
  readonly ifMatch: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What came of a write: its new tag, or the service's code for why not. */
export type Written =
  | { readonly status: 204; readonly etag?: string }
  | { readonly status: 400 | 404 | 409 | 412; readonly code: string };

const refused = {
  invalid: { status: 400, code: 'InvalidInput' },
  absent: { status: 404, code: 'ResourceNotFound' },
  exists: { status: 409, code: 'EntityAlreadyExists' },
  changed: { status: 412, code: 'UpdateConditionNotSatisfied' },
} as const;

/** Whether the write may be done as things stand; `undefined` when it may. */
export function refusal(rows: SortedRows, { operation, ifMatch, body }: Write): Written | undefined {
  const [partition, row] = keysOf(operation, body);
  if (partition === undefined || row === undefined) return refused.invalid;
  const known = rows.get(partition, row);
  if (operation.kind === 'insert') return known === undefined ? undefined : refused.exists;
  if (operation.kind === 'upsert') return undefined;
  if (known === undefined) return refused.absent;
  return ifMatch === undefined || ifMatch === '*' || ifMatch === known.etag ? undefined : refused.changed;
}

/** Does a write that nothing refuses. `isMerge` keeps the properties that it does not bring. */
export function apply(rows: SortedRows, { operation, body }: Write, isMerge: boolean): Written {
  const [partition = '', row = ''] = keysOf(operation, body);
  if (operation.kind === 'delete') {
    rows.delete(partition, row);
    return { status: 204 };
  }
  const kept = isMerge ? rows.get(partition, row)?.properties : undefined;
  const properties: Properties = { ...kept, ...body, PartitionKey: partition, RowKey: row };
  return { status: 204, etag: rows.put(properties) };
}

function keysOf(
  { partitionKey, rowKey }: EntityOperation,
  body: Write['body'],
): readonly [string | undefined, string | undefined] {
  return [partitionKey ?? text(body.PartitionKey), rowKey ?? text(body.RowKey)];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
