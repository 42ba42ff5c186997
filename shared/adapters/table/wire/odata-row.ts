import { isJsonObject } from '../../../domain/json-object.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';

/** Behind the name of a property: its type, where its JSON value does not tell. */
const TYPE = '@odata.type';

/** The row as the service reads it: JSON with the types of what JSON has no type for. */
export function toOData({ partitionKey, rowKey, ...properties }: Row): string {
  const entity: { [name: string]: string | number | boolean } = {
    PartitionKey: partitionKey,
    RowKey: rowKey,
  };
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (typeof value !== 'object') {
      entity[name] = value;
    } else if (value instanceof Uint8Array) {
      entity[name] = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
      entity[`${name}${TYPE}`] = 'Edm.Binary';
    } else {
      entity[name] = value.value;
      entity[`${name}${TYPE}`] = 'Edm.Double';
    }
  }
  return JSON.stringify(entity);
}

/** The rows of one page of an answer. */
export function fromODataPage(page: unknown): readonly StoredRow[] {
  if (isJsonObject(page) && Array.isArray(page.value)) return page.value.map(fromOData);
  throw new Error('the service gave no rows where it was asked for some');
}

/** A row as the service wrote it, with minimal metadata. Throws where it has no keys. */
export function fromOData(entity: unknown): StoredRow {
  if (!isJsonObject(entity)) throw new Error('the service gave something else than a row');
  const { PartitionKey: partitionKey, RowKey: rowKey, 'odata.etag': etag } = entity;
  if (typeof partitionKey !== 'string' || typeof rowKey !== 'string') {
    throw new Error('the service gave a row without keys');
  }
  const properties: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(entity)) {
    if (SERVICE_OWN.has(name) || name.endsWith(TYPE)) continue;
    properties[name] =
      entity[`${name}${TYPE}`] === 'Edm.Binary' && typeof value === 'string'
        ? Buffer.from(value, 'base64')
        : value;
  }
  return { ...properties, partitionKey, rowKey, etag: typeof etag === 'string' ? etag : '' };
}

/** Not properties of ours. */
const SERVICE_OWN = new Set(['PartitionKey', 'RowKey', 'Timestamp', 'odata.etag', 'odata.metadata']);

/** The path of one row behind its table's name. */
export function keysPath({ partitionKey, rowKey }: RowKeys): string {
  return `(PartitionKey='${escaped(partitionKey)}',RowKey='${escaped(rowKey)}')`;
}

function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll("'", "''"));
}
