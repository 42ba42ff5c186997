/** A run of rows in key order. Bounds are compared as plain strings, character by character. */
export interface RowRange {
  readonly partition: string;
  /** Row key at or above. */
  readonly from?: string;
  /** Row key above. */
  readonly after?: string;
  /** Row key below. */
  readonly below?: string;
  /** Only rows whose property has this value; the service still walks over the others. */
  readonly where?: { readonly property: string; readonly is: string | true };
}

/** Whole partitions, both bounds included. */
export interface PartitionRange {
  readonly firstPartition: string;
  readonly lastPartition: string;
}

/** The OData filter that selects the range. */
export function filterOf(range: RowRange | PartitionRange): string {
  if ('firstPartition' in range) {
    return [
      `PartitionKey ge ${literal(range.firstPartition)}`,
      `PartitionKey le ${literal(range.lastPartition)}`,
    ].join(' and ');
  }
  const { partition, from, after, below, where } = range;
  return [
    `PartitionKey eq ${literal(partition)}`,
    ...(from === undefined ? [] : [`RowKey ge ${literal(from)}`]),
    ...(after === undefined ? [] : [`RowKey gt ${literal(after)}`]),
    ...(below === undefined ? [] : [`RowKey lt ${literal(below)}`]),
    ...(where === undefined
      ? []
      : [`${where.property} eq ${where.is === true ? 'true' : literal(where.is)}`]),
  ].join(' and ');
}

/** All row keys that begin with `prefix`, which ends in a character of ASCII. */
export function startingWith(prefix: string): { readonly from: string; readonly below: string } {
  const last = prefix.charCodeAt(prefix.length - 1);
  return { from: prefix, below: prefix.slice(0, -1) + String.fromCharCode(last + 1) };
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Throws `RangeError` unless `limit` is a whole number of 1..1000. */
export function checkedLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new RangeError(`"limit" must be a whole number from 1 to 1000; it is ${limit}`);
}
