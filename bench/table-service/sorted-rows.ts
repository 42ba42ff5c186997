/** The properties of a row as they travel, keys and type annotations included. */
export interface Properties {
  readonly PartitionKey: string;
  readonly RowKey: string;
  readonly [property: string]: unknown;
}

export interface KeptRow {
  readonly etag: string;
  readonly properties: Properties;
}

/** Values by string key, read in key order. Keys are put in order when an order is first asked for, then kept so. */
class SortedMap<Value> {
  readonly #values = new Map<string, Value>();
  #order: string[] | undefined;

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#order?.splice(lowerBound(this.#order, key), 0, key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#order?.splice(lowerBound(this.#order, key), 1);
  }

  /** Values whose key is `from` or above, in key order. */
  *from(from: string): Generator<readonly [string, Value]> {
    this.#order ??= [...this.#values.keys()].sort();
    const order = this.#order;
    for (let index = lowerBound(order, from); index < order.length; index++) {
      const key = order[index];
      const value = key === undefined ? undefined : this.#values.get(key);
      if (key !== undefined && value !== undefined) yield [key, value];
    }
  }
}

/** The rows of one table, by partition and row key. */
export class SortedRows {
  readonly #partitions = new SortedMap<SortedMap<KeptRow>>();
  #changes = 0;

  get(partition: string, row: string): KeptRow | undefined {
    return this.#partitions.get(partition)?.get(row);
  }

  /** Gives the row's new tag. */
  put(properties: Properties): string {
    const etag = `W/"datetime'${++this.#changes}'"`;
    const rows = this.#partitions.get(properties.PartitionKey) ?? new SortedMap<KeptRow>();
    this.#partitions.set(properties.PartitionKey, rows);
    rows.set(properties.RowKey, { etag, properties });
    return etag;
  }

  delete(partition: string, row: string): void {
    this.#partitions.get(partition)?.delete(row);
  }

  /** Rows in key order, from a place on. */
  *from(partition: string, row: string): Generator<KeptRow> {
    for (const [key, rows] of this.#partitions.from(partition)) {
      for (const [, kept] of rows.from(key === partition ? row : '')) yield kept;
    }
  }
}

/** Where `key` stands, or would stand, in sorted keys. */
function lowerBound(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
