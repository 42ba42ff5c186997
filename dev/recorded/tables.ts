import { TableClient, type TableEntity, type TransactionAction } from '@azure/data-tables';
import { fromBytes, type RecordedProperty, type RecordedRow, toBytes } from './store-file.ts';

/** Rows of one transaction. */
const MOST_TOGETHER = 100;

/** Where the tables are; `prefix` stands before the name of each. */
export interface TablesAt {
  readonly connectionString: string;
  readonly prefix?: string;
}

/** Every row of these tables, in key order, as the service has them. */
export async function readTables(at: TablesAt, names: readonly string[]): Promise<readonly RecordedRow[]> {
  const rows: RecordedRow[] = [];
  for (const table of names) {
    for await (const entity of clientOf(at, table).listEntities({ disableTypeConversion: true })) {
      rows.push({ table, ...fromEntity(entity) });
    }
  }
  return rows;
}

/** Writes rows as they were recorded into tables that exist and are empty. */
export async function writeTables(at: TablesAt, rows: readonly RecordedRow[]): Promise<void> {
  const byPartition = Map.groupBy(rows, ({ table, keys: [partition] }) => `${table} ${partition}`);
  for (const [first, ...more] of byPartition.values()) {
    if (first === undefined) continue;
    const partition = [first, ...more];
    for (let start = 0; start < partition.length; start += MOST_TOGETHER) {
      const writes = partition
        .slice(start, start + MOST_TOGETHER)
        .map((row): TransactionAction => ['create', toEntity(row)]);
      await clientOf(at, first.table).submitTransaction(writes);
    }
  }
}

/** Makes these tables. */
export async function makeTables(at: TablesAt, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => clientOf(at, name).createTable()));
}

function clientOf({ connectionString, prefix = '' }: TablesAt, name: string): TableClient {
  return TableClient.fromConnectionString(connectionString, `${prefix}${name}`, {
    allowInsecureConnection: true,
  });
}

/** What the service says about a row, not what the row says. */
const SERVICE_OWN = new Set(['partitionKey', 'rowKey', 'timestamp', 'etag', 'odata.metadata']);

function fromEntity(entity: { readonly [name: string]: unknown }): Omit<RecordedRow, 'table'> {
  const properties: { [name: string]: RecordedProperty } = {};
  for (const [name, value] of Object.entries(entity)) {
    if (!SERVICE_OWN.has(name)) properties[name] = fromTyped(name, value);
  }
  const { partitionKey, rowKey } = entity;
  return { keys: [String(partitionKey), String(rowKey)], properties };
}

/** `disableTypeConversion` gives everything that is no string or boolean as `{ type, value }`. */
function fromTyped(name: string, value: unknown): RecordedProperty {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  // The service leaves out the type of a number that is one in JSON, also where it was written as a double.
  if (typeof value === 'number') return (value | 0) === value ? value : { double: value };
  if (value !== null && typeof value === 'object' && 'type' in value && 'value' in value) {
    switch (value.type) {
      case 'String':
        return String(value.value);
      case 'Boolean':
        return value.value === true || value.value === 'true';
      case 'Int32':
        return Number(value.value);
      case 'Double':
        return { double: Number(value.value) };
      case 'Binary':
        return fromBytes(Buffer.from(String(value.value), 'base64'));
    }
  }
  throw new Error(
    `property "${name}" is of a type that no row of the notifier has: ${JSON.stringify(value)}`,
  );
}

function toEntity({ keys: [partitionKey, rowKey], properties }: RecordedRow): TableEntity {
  return {
    partitionKey,
    rowKey,
    ...Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, toTyped(value)])),
  };
}

function toTyped(value: RecordedProperty): unknown {
  if (typeof value !== 'object') return value;
  if ('double' in value) return { type: 'Double', value: value.double };
  return new Uint8Array(toBytes(value));
}
