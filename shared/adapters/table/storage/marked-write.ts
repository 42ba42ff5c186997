import { randomUUID } from 'node:crypto';
import type { Write } from '../row/row.ts';
import type { Table } from './table.ts';

export type ConditionalWrite = Extract<Write, { readonly kind: 'insert' | 'replace' }>;

/**
 * Writes a row under its condition, with what is `beside` it in the same transaction: the row's new tag, or
 * `undefined` when somebody else was first.
 *
 * The client repeats a request whose answer was lost, and the repetition is refused because the first one was done.
 * So each write carries a mark of its own, and a writer that is refused looks whether the mark in the row is its own.
 */
export async function writeMarked(
  table: Table,
  write: ConditionalWrite,
  ...beside: readonly (Write | undefined)[]
): Promise<string | undefined> {
  const writer = randomUUID();
  const marked: ConditionalWrite = { ...write, row: { ...write.row, writer } };
  const etag = await attempt(
    table,
    marked,
    beside.filter((other) => other !== undefined),
  );
  if (etag !== undefined) return etag;
  const stored = await table.get({ partitionKey: write.row.partitionKey, rowKey: write.row.rowKey });
  return stored?.writer === writer ? stored.etag : undefined;
}

async function attempt(
  table: Table,
  write: ConditionalWrite,
  beside: readonly Write[],
): Promise<string | undefined> {
  if (beside.length > 0) return (await table.transact([write, ...beside]))?.[0];
  return write.kind === 'insert' ? table.insert(write.row) : table.replace(write.row, write.etag);
}
