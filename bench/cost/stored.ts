import { TableClient } from '@azure/data-tables';
import { tableNames } from '../../shared/kinds/catalog.ts';

type Row = Readonly<Record<string, unknown>>;

/** Of a row itself, of each of its columns, and of each text or blob beside what is in it. */
const ROW = 4;
const COLUMN = 8;
const TEXT = 4;
/** The time of the last write, which each row has; an answer gives it as a text. */
const TIMESTAMP = COLUMN + 2 * 'Timestamp'.length + 8;
/** Parts of an answer that are no columns of the app's. */
const NOT_OURS = new Set(['etag', 'timestamp']);

/** What Table Storage counts of a row: two bytes a letter, of names too. */
export function rowBytes({ partitionKey, rowKey, ...columns }: Row): number {
  const keys = 2 * (String(partitionKey).length + String(rowKey).length);
  return Object.entries(columns)
    .filter(([name]) => !NOT_OURS.has(name) && !name.startsWith('odata.'))
    .reduce(
      (sum, [name, value]) => sum + COLUMN + 2 * name.length + valueBytes(value),
      ROW + keys + TIMESTAMP,
    );
}

function valueBytes(value: unknown): number {
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'string') return TEXT + 2 * value.length;
  if (value instanceof Uint8Array) return TEXT + value.length;
  return 8;
}

/** Rows of a conversation that each message writes anew: the send windows. */
const NOT_OF_A_MESSAGE = new Set(['0w']);

/** The rows that lie at that address and are not written anew by what comes next, in bytes. */
export async function storedBytes(connectionString: string): Promise<number> {
  let sum = 0;
  for (const name of tableNames) {
    const table = TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });
    for await (const row of table.listEntities())
      if (!NOT_OF_A_MESSAGE.has(row.rowKey ?? '')) sum += rowBytes(row);
  }
  return sum;
}
