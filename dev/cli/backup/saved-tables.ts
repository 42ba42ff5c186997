import { z } from 'zod';
import type { Row } from '../../../shared/adapters/table/row/row.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';

/** Not worth keeping: the next free second of each tenant's rate. It is made anew. */
const passing: readonly string[] = ['pace'];

/**
 * Tables of a backup, in the order in which they are read. `due` comes first: an entry whose work ends before its row is read
 * is found to be over, which is harmless; a row that is read without its entry waits for nobody.
 */
export const savedTables: readonly string[] = [
  'due',
  ...tableNames.filter((name) => name !== 'due' && !passing.includes(name)),
];

/** Kinds of `due` entries that go on whenever they are found. All others are messages that were under way. */
const UPKEEP = new Set(['forgetting', 'old-notification', 'old-parked']);
const entry = z.looseObject({ kind: z.string() });

/**
 * Whether a row is restored. What was under way at the time of the backup has been told since, or nobody waits for it any
 * more: waking it would tell people twice, hours late.
 */
export function isRestored(table: string, row: Row): boolean {
  if (table !== 'due' || typeof row.entry !== 'string') return true;
  return UPKEEP.has(entry.parse(JSON.parse(row.entry)).kind);
}
