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
    const body = JSON.stringify({ TableName: this.#path.slice(1) });
    const request = { method: 'POST', path: '/Tables', headers: JSON_BODY, body } as const;
    await this.#ask('create table', request, (answer) => {
      if (answer.status >= 300 && answer.code() !== 'TableAlreadyExists') throw answer.toError();
    });
  }

  /** The row, with only the properties of `select` where that is given; `undefined` when there is none. */
  async get(keys: RowKeys, select?: readonly string[]): Promise<StoredRow | undefined> {
    const query = select === undefined ? '' : `?${selecting(select)}`;
    const request = { method: 'GET', path: `${this.#path}${keysPath(keys)}${query}` } as const;
    return this.#ask('get', request, (answer) =>
      isDone(answer, ['absent']) ? fromOData(JSON.parse(answer.text)) : undefined,
    );
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
    const path = `${this.#path}${keysPath(keys)}`;
    const request = { method: 'DELETE', path, headers: { 'if-match': etag } } as const;
    return this.#ask('remove', request, (answer) => isDone(answer, ['absent', 'changed']));
  }

  /**
   * Makes all writes or none: one partition, 1..100 rows, each once. Gives their new tags in order, or `undefined`
   * when a condition was not met.
   */
  async transact(writes: readonly Write[]): Promise<readonly string[] | undefined> {
    const { contentType, body } = toChangeset(this.#wire.addressOf(this.#path), writes);
    const headers = { 'content-type': contentType };
    return this.#ask('transaction', { method: 'POST', path: '/$batch', headers, body }, (answer) =>
      tagsOf(answer, writes),
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
    const query = [
      `$filter=${encodeURIComponent(filterOf(range))}`,
      `$top=${Math.min(options.pageSize ?? LARGEST_PAGE, LARGEST_PAGE)}`,
      ...(options.select === undefined ? [] : [selecting(options.select)]),
    ].join('&');
    let next = '';
    do {
      const request = { method: 'GET', path: `${this.#path}()?${query}${next}` } as const;
      const page = await this.#ask('query', request, (answer) => {
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
    return this.#ask(operation, request, (answer) => {
      if (!isDone(answer, expected)) return undefined;
      const etag = answer.header('etag');
      if (etag === undefined) throw new Error('the service gave no tag for what it wrote');
      return etag;
    });
  }

  async #ask<Result>(
    operation: string,
    request: Asked,
    read: (answer: WireAnswer) => Result,
  ): Promise<Result> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(timedOut()), this.#timeout);
    try {
      return read(await this.#wire.send({ ...request, abortSignal: timeout.signal }));
    } catch (error) {
      // The SDK's error carries the request, and whoever prints it would print the token.
      if (error instanceof RestError) error.request?.headers.delete('authorization');
      // The caller's work comes back by the queue. A write may have been done all the same.
      throw new StoreUnavailable(`${operation} in table "${this.name}"`, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** As the reason of `AbortSignal.timeout`, whose timers would stay until they fire. */
function timedOut(): Error {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError');
}

/** The new tags of a transaction's writes; `undefined` when a condition was not met. */
function tagsOf(answer: WireAnswer, writes: readonly Write[]): readonly string[] | undefined {
  if (answer.status >= 300) throw answer.toError();
  const tags: string[] = [];
  for (const { status, code, etag } of fromChangeset(answer.text)) {
    if (status >= 300) {
      if (refusalOf(status, code) !== undefined) return undefined;
      throw answer.toError(code ?? `HTTP ${status}`);
    }
    // What was removed has no tag any more.
    const isRemoved = writes[tags.length]?.kind === 'remove';
    if (etag !== undefined || isRemoved) tags.push(etag ?? '');
  }
  if (tags.length !== writes.length) {
    throw new Error(`a transaction of ${writes.length} writes was answered for ${tags.length}`);
  }
  return tags;
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
