import type { KeptRow, Properties, SortedRows } from './sorted-rows.ts';

/** The service gives so many rows in one answer at most. */
const LARGEST_PAGE = 1000;

interface Term {
  readonly property: string;
  readonly operator: 'eq' | 'ge' | 'gt' | 'le' | 'lt';
  readonly value: string;
}

export interface Page {
  readonly rows: readonly KeptRow[];
  /** Where the next page begins; absent at the end. */
  readonly next?: { readonly partition: string; readonly row: string };
}

/**
 * Answers a query: terms joined by `and`, each a property compared with a string, which is every filter that the app
 * writes. Walks over the rows between the bounds of the keys only, and stops behind the last.
 *
 * Throws `Error` for a filter of another form.
 */
export function queryPage(rows: SortedRows, query: URLSearchParams): Page {
  const terms = termsOf(query.get('$filter') ?? '');
  const limit = Math.min(Number(query.get('$top') ?? LARGEST_PAGE), LARGEST_PAGE);
  const partition = query.get('NextPartitionKey') ?? lowest(terms, 'PartitionKey');
  const onePartition = terms.some(
    ({ property, operator }) => property === 'PartitionKey' && operator === 'eq',
  );
  const row = query.get('NextRowKey') ?? (onePartition ? lowest(terms, 'RowKey') : '');
  const found: KeptRow[] = [];
  for (const kept of rows.from(partition, row)) {
    const { properties } = kept;
    if (isBehind(properties, terms, onePartition)) break;
    if (!terms.every((term) => holds(properties, term))) continue;
    if (found.length === limit) {
      return { rows: found, next: { partition: properties.PartitionKey, row: properties.RowKey } };
    }
    found.push(kept);
  }
  return { rows: found };
}

/** The properties that `$select` asks for, with their types; all without one. */
export function selected({ etag, properties }: KeptRow, select: string | null): object {
  if (select === null) return { 'odata.etag': etag, ...properties };
  const names = new Set(select.split(',').map((name) => KEY_NAMES.get(name) ?? name));
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => names.has(name.replace(/@odata\.type$/, ''))),
  );
}

/** The SDK's own names of the keys are sent as they stand in `select`. */
const KEY_NAMES = new Map([
  ['partitionKey', 'PartitionKey'],
  ['rowKey', 'RowKey'],
]);

function termsOf(filter: string): readonly Term[] {
  const terms: Term[] = [];
  const term = /\s*(\w+) (eq|ge|gt|le|lt) '((?:[^']|'')*)'(?: and|$)/y;
  while (term.lastIndex < filter.length) {
    const [, property, operator, value] = term.exec(filter) ?? [];
    if (property === undefined || value === undefined) throw new Error(`cannot read the filter ${filter}`);
    // The expression admits no other operator.
    terms.push({ property, operator: operator as Term['operator'], value: value.replaceAll("''", "'") });
  }
  return terms;
}

function lowest(terms: readonly Term[], key: string): string {
  const bounds = terms.filter(({ property, operator }) => property === key && /eq|ge|gt/.test(operator));
  return (
    bounds
      .map(({ value }) => value)
      .sort()
      .at(-1) ?? ''
  );
}

function isBehind(row: Properties, terms: readonly Term[], onePartition: boolean): boolean {
  return terms.some(({ property, operator, value }) => {
    if (property === 'PartitionKey')
      return operator === 'lt'
        ? row.PartitionKey >= value
        : operator !== 'ge' && operator !== 'gt' && row.PartitionKey > value;
    if (property !== 'RowKey' || !onePartition) return false;
    return operator === 'lt'
      ? row.RowKey >= value
      : operator !== 'ge' && operator !== 'gt' && row.RowKey > value;
  });
}

function holds(row: Properties, { property, operator, value }: Term): boolean {
  const actual = row[property];
  if (typeof actual !== 'string') return false;
  switch (operator) {
    case 'eq':
      return actual === value;
    case 'ge':
      return actual >= value;
    case 'gt':
      return actual > value;
    case 'le':
      return actual <= value;
    case 'lt':
      return actual < value;
  }
}
