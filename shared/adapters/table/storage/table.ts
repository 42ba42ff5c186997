import { RestError } from '@azure/core-rest-pipeline';
import type { Duration } from '../../../domain/time.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';
import type { Row, RowKeys, StoredRow, Write } from '../row/row.ts';
import { fromChangeset, toChangeset } from '../wire/changeset.ts';
import { fromOData, fromODataPage, keysPath, toOData } from '../wire/odata-row.ts';
import type { TableWire, WireAnswer, WireRequest } from '../wire/table-wire.ts';
import { filterOf, type PartitionRange, type RowRange } from './range.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** The most rows that the service gives in one answer. */
const LARGEST_PAGE = 1000;
/** A request before it has the timeout of its operation. */
type Asked = Omit<WireRequest, 'abortSignal'>;

/** Read beside the properties that are asked for. */
const KEYS = ['PartitionKey', 'RowKey'];

const JSON_BODY = { 'content-type': 'application/json' };

/**
 * One table: the operations that the stores are made of. A refused condition is a return value; everything else that
 * goes wrong is `StoreUnavailable` with the SDK's error as its cause.
 *
 * The client repeats a request whose answer was lost, so a refusal may be the echo of one's own first try: who needs
 * to know it marks what it writes.
 */
export class Table {
  readonly name: string;
  readonly #wire: TableWire;
  /** `/people` */
  readonly #path: string;
  readonly #timeout: Duration;

  /** @param options.named what the service calls the table */
  constructor(
    name: string,
    wire: TableWire,
    options: { readonly named: string; readonly timeout: Duration },
  ) {
    this.name = name;
    this.#wire = wire;
    this.#path = `/${options.named}`;
    this.#timeout = options.timeout;
  }

  /** Makes the table unless it exists. */
  async create(): Promise<void> {
    await this.#attempt('create table', async (send) => {
      const body = JSON.stringify({ TableName: this.#path.slice(1) });
      const answer = await send({ method: 'POST', path: '/Tables', headers: JSON_BODY, body });
      if (answer.status >= 300 && answer.code() !== 'TableAlreadyExists') throw answer.toError();
    });
  }

  /** The row, with only the properties of `select` where that is given; `undefined` when there is none. */
  async get(keys: RowKeys, select?: readonly string[]): Promise<StoredRow | undefined> {
    return this.#attempt('get', async (send) => {
      const query = select === undefined ? '' : `?${selecting(select)}`;
      const answer = await send({ method: 'GET', path: `${this.#path}${keysPath(keys)}${query}` });
      return isDone(answer, ['absent']) ? fromOData(JSON.parse(answer.text)) : undefined;
    });
  }

  /** Writes a row that is not there yet: its new tag, or `undefined` when it exists. */
  async insert(row: Row): Promise<string | undefined> {
    return this.#write('insert', ['exists'], {
      method: 'POST',
      path: this.#path,
      headers: { ...JSON_BODY, prefer: 'return-no-content' },
      body: toOData(row),
    });
  }

  /** Writes the row, whatever is there. */
  async put(row: Row): Promise<void> {
    await this.#write('put', [], this.#replacing('PUT', row));
  }

  /** Writes the given properties and leaves all others as they are; makes the row when there is none. */
  async merge(row: Row): Promise<void> {
    await this.#write('merge', [], this.#replacing('PATCH', row));
  }

  /** As `merge`, but only into a row that exists: gives whether it does. */
  async mergeExisting(row: Row): Promise<boolean> {
    return (
      (await this.#write('merge existing', ['absent'], this.#replacing('PATCH', row, '*'))) !== undefined
    );
  }

  /** Writes the row if it still has this tag: its new tag, or `undefined` when it was changed or removed. */
  async replace(row: Row, etag: string): Promise<string | undefined> {
    return this.#write('replace', ['changed', 'absent'], this.#replacing('PUT', row, etag));
  }

  /** Gives whether there was one; with a tag, only the row that still has it is removed. */
  async remove(keys: RowKeys, etag = '*'): Promise<boolean> {
    return this.#attempt('remove', async (send) => {
      const path = `${this.#path}${keysPath(keys)}`;
      const answer = await send({ method: 'DELETE', path, headers: { 'if-match': etag } });
      return isDone(answer, ['absent', 'changed']);
    });
  }

  /**
   * Makes all writes or none: one partition, 1..100 rows, each once. Gives their new tags in order, or `undefined`
   * when a condition was not met.
   */
  async transact(writes: readonly Write[]): Promise<readonly string[] | undefined> {
    return this.#attempt('transaction', async (send) => {
      const { contentType, body } = toChangeset(this.#wire.addressOf(this.#path), writes);
      const headers = { 'content-type': contentType };
      const answer = await send({ method: 'POST', path: '/$batch', headers, body });
      if (answer.status >= 300) throw answer.toError();
      const answers = fromChangeset(answer.text);
      const failed = answers.find(({ status }) => status >= 300);
      if (failed !== undefined) {
        if (refusalOf(failed.status, failed.code) !== undefined) return undefined;
        throw answer.toError(failed.code ?? `HTTP ${failed.status}`);
      }
      // What was removed has no tag any more.
      const tags = answers.flatMap(({ etag }, index) =>
        etag !== undefined || writes[index]?.kind === 'remove' ? [etag ?? ''] : [],
      );
      if (tags.length !== writes.length) {
        throw new Error(`a transaction of ${writes.length} writes was answered for ${tags.length}`);
      }
      return tags;
    });
  }

  /**
   * Reads a range in key order, a page at a time as the caller draws. The service may end a page early or give an
   * empty one; both are bridged here. Each page has the operation's timeout for itself.
   */
  async *rows(
    range: RowRange | PartitionRange,
    options: { readonly pageSize?: number; readonly select?: readonly string[] } = {},
  ): AsyncGenerator<StoredRow, void, undefined> {
    const query = [
      `$filter=${encodeURIComponent(filterOf(range))}`,
      `$top=${Math.min(options.pageSize ?? LARGEST_PAGE, LARGEST_PAGE)}`,
      ...(options.select === undefined ? [] : [selecting(options.select)]),
    ].join('&');
    let next = '';
    do {
      const page = await this.#attempt('query', async (send) => {
        const answer = await send({ method: 'GET', path: `${this.#path}()?${query}${next}` });
        if (answer.status >= 300) throw answer.toError();
        return { rows: fromODataPage(JSON.parse(answer.text)), next: continuationOf(answer) };
      });
      yield* page.rows;
      next = page.next;
    } while (next !== '');
  }

  #replacing(method: 'PUT' | 'PATCH', row: Row, etag?: string): Asked {
    return {
      method,
      path: `${this.#path}${keysPath(row)}`,
      headers: etag === undefined ? JSON_BODY : { ...JSON_BODY, 'if-match': etag },
      body: toOData(row),
    };
  }

  /** The new tag, or `undefined` for one of the refusals that are expected. */
  #write(operation: string, expected: readonly Refusal[], request: Asked): Promise<string | undefined> {
    return this.#attempt(operation, async (send) => {
      const answer = await send(request);
      if (!isDone(answer, expected)) return undefined;
      const etag = answer.header('etag');
      if (etag === undefined) throw new Error('the service gave no tag for what it wrote');
      return etag;
    });
  }

  async #attempt<Result>(
    operation: string,
    run: (send: (request: Asked) => Promise<WireAnswer>) => Promise<Result>,
  ): Promise<Result> {
    try {
      const abortSignal = AbortSignal.timeout(this.#timeout);
      return await run((request) => this.#wire.send({ ...request, abortSignal }));
    } catch (error) {
      // The SDK's error carries the request, and whoever prints it would print the token.
      if (error instanceof RestError) error.request?.headers.delete('authorization');
      // The caller's work comes back by the queue. A write may have been done all the same.
      throw new StoreUnavailable(`${operation} in table "${this.name}"`, error);
    }
  }
}

/** Whether it was done, or refused as expected; throws for every other answer. */
function isDone(answer: WireAnswer, expected: readonly Refusal[]): boolean {
  if (answer.status < 300) return true;
  const refusal = refusalOf(answer.status, answer.code());
  if (refusal !== undefined && expected.includes(refusal)) return false;
  throw answer.toError();
}

function selecting(properties: readonly string[]): string {
  return `$select=${[...KEYS, ...properties].map(encodeURIComponent).join(',')}`;
}

/** What asks for the page behind this one; empty at the end. */
function continuationOf(answer: WireAnswer): string {
  const partition = answer.header('x-ms-continuation-nextpartitionkey');
  if (!partition) return '';
  // The service may leave it out or empty at the end of a partition, and refuses an empty one.
  const row = answer.header('x-ms-continuation-nextrowkey');
  const behind = row ? `&NextRowKey=${encodeURIComponent(row)}` : '';
  return `&NextPartitionKey=${encodeURIComponent(partition)}${behind}`;
}
