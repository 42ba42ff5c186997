/** Names one row. */
export type RowKeys = { readonly partitionKey: string; readonly rowKey: string };

/** A value of a property as it is written. Whole numbers of 32 bits go as `number`, all others as `double(...)`. */
export type Value =
  | string
  | number
  | boolean
  | Uint8Array
  | { readonly type: 'Double'; readonly value: number };

/** A row to write: a property that is `undefined` is left out. */
export type Row = RowKeys & { readonly [property: string]: Value | undefined };

/**
 * A row as it was read: its properties are unknown until they are parsed. The tag is empty where the service leaves it
 * out, as it may when properties are selected.
 */
export type StoredRow = RowKeys & { readonly etag: string; readonly [property: string]: unknown };

/** One write of a transaction: `insert` fails where the row exists, `replace` where its tag is another. */
export type Write =
  | { readonly kind: 'insert'; readonly row: Row }
  | { readonly kind: 'merge'; readonly row: Row }
  | { readonly kind: 'put'; readonly row: Row }
  | { readonly kind: 'replace'; readonly row: Row; readonly etag: string }
  /** Fails where the row is not there. */
  | { readonly kind: 'remove'; readonly row: RowKeys };

/** A number with 64 bits, such as an instant; `undefined` stays what it is. */
export function double(value: number): Value;
export function double(value: number | undefined): Value | undefined;
export function double(value: number | undefined): Value | undefined {
  return value === undefined ? undefined : { type: 'Double', value };
}
