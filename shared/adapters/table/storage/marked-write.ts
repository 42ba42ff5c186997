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
  return (await writeTogether(table, write, ...beside))?.[0];
}

/** The same, and gives the tags of what is beside it, too; only the first one where an answer was lost. */
export async function writeTogether(
  table: Table,
  write: ConditionalWrite,
  ...beside: readonly (Write | undefined)[]
): Promise<readonly [string, ...string[]] | undefined> {
  const writer = randomUUID();
  const marked: ConditionalWrite = { ...write, row: { ...write.row, writer } };
  const tags = await attempt(
    table,
    marked,
    beside.filter((other) => other !== undefined),
  );
  const [first, ...others] = tags ?? [];
  if (first !== undefined) return [first, ...others];
  const stored = await table.get({ partitionKey: write.row.partitionKey, rowKey: write.row.rowKey });
  return stored?.writer === writer ? [stored.etag] : undefined;
}

async function attempt(
  table: Table,
  write: ConditionalWrite,
  beside: readonly Write[],
): Promise<readonly string[] | undefined> {
  if (beside.length > 0) return table.transact([write, ...beside]);
  const etag = await (write.kind === 'insert'
    ? table.insert(write.row)
    : table.replace(write.row, write.etag));
  return etag === undefined ? undefined : [etag];
}
