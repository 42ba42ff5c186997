import { RestError, type TableClient, type TransactionAction } from '@azure/data-tables';
import type { Duration } from '../../../domain/time.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';
import type { TableName } from '../tables.ts';
import { filterOf, type PartitionRange, type RowRange } from './range.ts';
import { type Refusal, refusalOf } from './refusal.ts';

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

/** A number with 64 bits, such as an instant. */
export const double = (value: number): Value => ({ type: 'Double', value });

/** The most rows that the service gives in one answer. */
const LARGEST_PAGE = 1000;
/** Read beside the properties that are asked for. */
const KEYS = ['partitionKey', 'rowKey'];

/**
 * One table: the operations that the stores are made of. A refused condition is a return value; everything else that
 * goes wrong is `StoreUnavailable` with the SDK's error as its cause.
 *
 * The client repeats a request whose answer was lost, so a refusal may be the echo of one's own first try: who needs
 * to know it marks what it writes.
 */
export class Table {
  readonly name: TableName;
  readonly #client: TableClient;
  readonly #timeout: Duration;

  constructor(name: TableName, client: TableClient, options: { readonly timeout: Duration }) {
    this.name = name;
    this.#client = client;
    this.#timeout = options.timeout;
  }

  /** Makes the table unless it exists. */
  async create(): Promise<void> {
    await this.#attempt('create table', (options) => this.#client.createTable(options));
  }

  /** The row, with only the properties of `select` where that is given; `undefined` when there is none. */
  async get(keys: RowKeys, select?: readonly string[]): Promise<StoredRow | undefined> {
    return this.#attempt(
      'get',
      async (options) =>
        stored(
          await this.#client.getEntity(keys.partitionKey, keys.rowKey, {
            ...options,
            ...(select === undefined ? {} : { queryOptions: { select: [...KEYS, ...select] } }),
          }),
        ),
      ['absent'],
    );
  }

  /** Writes a row that is not there yet: its new tag, or `undefined` when it exists. */
  async insert(row: Row): Promise<string | undefined> {
    return this.#attempt(
      'insert',
      async (options) => tag(await this.#client.createEntity(written(row), options)),
      ['exists'],
    );
  }

  /** Writes the row, whatever is there. */
  async put(row: Row): Promise<void> {
    await this.#attempt('put', (options) => this.#client.upsertEntity(written(row), 'Replace', options));
  }

  /** Writes the given properties and leaves all others as they are; makes the row when there is none. */
  async merge(row: Row): Promise<void> {
    await this.#attempt('merge', (options) => this.#client.upsertEntity(written(row), 'Merge', options));
  }

  /** As `merge`, but only into a row that exists: gives whether it does. */
  async mergeExisting(row: Row): Promise<boolean> {
    const done = await this.#attempt(
      'merge existing',
      async (options) => tag(await this.#client.updateEntity(written(row), 'Merge', options)),
      ['absent'],
    );
    return done !== undefined;
  }

  /** Writes the row if it still has this tag: its new tag, or `undefined` when it was changed or removed. */
  async replace(row: Row, etag: string): Promise<string | undefined> {
    return this.#attempt(
      'replace',
      async (options) => tag(await this.#client.updateEntity(written(row), 'Replace', { ...options, etag })),
      ['changed', 'absent'],
    );
  }

  /** Gives whether there was one; with a tag, only the row that still has it is removed. */
  async remove(keys: RowKeys, etag = '*'): Promise<boolean> {
    const done = await this.#attempt(
      'remove',
      async (options) => {
        await this.#client.deleteEntity(keys.partitionKey, keys.rowKey, { ...options, etag });
        return true;
      },
      ['absent', 'changed'],
    );
    return done ?? false;
  }

  /**
   * Makes all writes or none: one partition, 1..100 rows, each once. Gives their new tags in order, or `undefined`
   * when a condition was not met.
   */
  async transact(writes: readonly Write[]): Promise<readonly string[] | undefined> {
    return this.#attempt(
      'transaction',
      async (options) => {
        const answer = await this.#client.submitTransaction(writes.map(action), options);
        const tags = answer.subResponses.flatMap(({ status, etag }, index) => {
          // What was removed has no tag any more.
          const isDone = status < 300 && (etag !== undefined || writes[index]?.kind === 'remove');
          return isDone ? [etag?.trim() ?? ''] : [];
        });
        if (tags.length !== writes.length) {
          throw new Error(`a transaction of ${writes.length} writes was answered for ${tags.length}`);
        }
        return tags;
      },
      ['exists', 'changed', 'absent'],
    );
  }

  /**
   * Reads a range in key order, a page at a time as the caller draws. The service may end a page early or give an
   * empty one; both are bridged here. Each page has the operation's timeout for itself.
   */
  async *rows(
    range: RowRange | PartitionRange,
    options: { readonly pageSize?: number; readonly select?: readonly string[] } = {},
  ): AsyncGenerator<StoredRow, void, undefined> {
    const queryOptions = {
      filter: filterOf(range),
      ...(options.select === undefined ? {} : { select: [...KEYS, ...options.select] }),
    };
    const maxPageSize = Math.min(options.pageSize ?? LARGEST_PAGE, LARGEST_PAGE);
    let continuationToken: string | undefined;
    do {
      const settings = { maxPageSize, ...(continuationToken === undefined ? {} : { continuationToken }) };
      const page = await this.#attempt('query', async (operation) => {
        const pages = this.#client.listEntities({ ...operation, queryOptions }).byPage(settings);
        const next = await pages.next();
        // The SDK's page iterator always gives a first page.
        return next.done === true ? undefined : next.value;
      });
      for (const row of page ?? []) yield stored(row);
      continuationToken = page?.continuationToken;
    } while (continuationToken !== undefined);
  }

  async #attempt<Result>(
    operation: string,
    run: (options: { readonly abortSignal: AbortSignal }) => Promise<Result>,
    expected: readonly Refusal[] = [],
  ): Promise<Result | undefined> {
    try {
      return await run({ abortSignal: AbortSignal.timeout(this.#timeout) });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== undefined && expected.includes(refusal)) return undefined;
      // The SDK's error carries the request, and whoever prints it would print the token.
      if (error instanceof RestError) error.request?.headers.delete('authorization');
      // The caller's work comes back by the queue. A write may have been done all the same.
      throw new StoreUnavailable(`${operation} in table "${this.name}"`, error);
    }
  }
}

function action(write: Write): TransactionAction {
  switch (write.kind) {
    case 'insert':
      return ['create', written(write.row)];
    case 'merge':
      return ['upsert', written(write.row), 'Merge'];
    case 'put':
      return ['upsert', written(write.row), 'Replace'];
    case 'remove':
      return ['delete', write.row];
    case 'replace':
      return ['update', written(write.row), 'Replace', { etag: write.etag }];
  }
}

function written(row: Row): Row {
  // Each entry is the row's own; only those without a value are gone.
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Row;
}

function stored(entity: { readonly [property: string]: unknown }): StoredRow {
  const { partitionKey, rowKey, etag } = entity;
  if (typeof partitionKey !== 'string' || typeof rowKey !== 'string') {
    throw new Error('the service gave a row without keys');
  }
  return { ...entity, partitionKey, rowKey, etag: typeof etag === 'string' ? etag : '' };
}

function tag(answer: { readonly etag?: string }): string {
  if (answer.etag === undefined) throw new Error('the service gave no tag for what it wrote');
  return answer.etag;
}
