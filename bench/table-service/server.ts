import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gate } from '../../dev/local-server/gate.mjs';
import { OperationCounter, type TableCounts } from '../../dev/tables/counts.ts';
import { type Operation, operationOf } from '../../dev/tables/operation.ts';
import { applyBatch, batchWrites, errorBody } from './batch.ts';
import { queryPage, selected } from './query.ts';
import { SortedRows } from './sorted-rows.ts';
import { apply, refusal } from './write.ts';

/**
 * Table Storage in memory, for measurements: the operations that the app uses, over their own protocol, with a cost
 * that follows the rows an operation touches and not those that are stored. It counts what passes, checks no
 * signature, and forgets everything.
 */
export interface MemoryTables {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  rows(table: string): SortedRows;
  counts(): TableCounts;
  resetCounts(): void;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_TYPE = 'application/json;odata=minimalmetadata;streaming=true;charset=utf-8';

export async function startMemoryTables(): Promise<MemoryTables> {
  const tables = new Map<string, SortedRows>();
  const counter = new OperationCounter();
  const rowsOf = (table: string): SortedRows => {
    const known = tables.get(table) ?? new SortedRows();
    tables.set(table, known);
    return known;
  };

  const server = gate(createServer());
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A caller that is gone: nobody waits for the answer.
    respond(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const override = request.headers['x-http-method'];
    const asked = {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      ifMatch: request.headers['if-match'],
      methodOverride: typeof override === 'string' ? override : undefined,
    };
    const operation = operationOf(asked, body);
    counter.add(operation, body.length);
    const { status, headers, body: text } = answer(operation, asked, body);
    const bytes = text === undefined ? undefined : Buffer.from(text);
    counter.addReceived(bytes?.length ?? 0);
    response.writeHead(status, {
      ...(bytes === undefined ? {} : { 'content-type': JSON_TYPE, 'content-length': bytes.length }),
      ...headers,
    });
    response.end(bytes);
  }

  function answer(
    operation: Operation,
    asked: { readonly method: string; readonly url: string; readonly ifMatch: string | undefined },
    body: Buffer,
  ): Answer {
    const { kind, table, partitionKey = '', rowKey = '' } = operation;
    const query = new URL(asked.url, 'http://localhost').searchParams;
    switch (kind) {
      case 'table':
        return { status: 204 };
      case 'get': {
        const row = rowsOf(table).get(partitionKey, rowKey);
        if (row === undefined) return error(404, 'ResourceNotFound');
        return {
          status: 200,
          headers: { etag: row.etag },
          body: JSON.stringify(selected(row, query.get('$select'))),
        };
      }
      case 'query': {
        const page = queryPage(rowsOf(table), query);
        const select = query.get('$select');
        return {
          status: 200,
          headers:
            page.next === undefined
              ? {}
              : {
                  'x-ms-continuation-nextpartitionkey': page.next.partition,
                  'x-ms-continuation-nextrowkey': page.next.row,
                },
          body: JSON.stringify({ value: page.rows.map((row) => selected(row, select)) }),
        };
      }
      case 'batch':
        return {
          status: 202,
          headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_1' },
          body: applyBatch(rowsOf, batchWrites(body.toString('utf8'))),
        };
      case 'insert':
      case 'update':
      case 'merge':
      case 'upsert':
      case 'delete': {
        // A request to write one row carries one JSON object, and a removal nothing.
        const properties =
          body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
        const write = { operation, ifMatch: asked.ifMatch, body: properties };
        const refused = refusal(rowsOf(table), write);
        const done = refused ?? apply(rowsOf(table), write, /PATCH|MERGE/.test(asked.method));
        if ('code' in done) return error(done.status, done.code);
        return { status: 204, ...(done.etag === undefined ? {} : { headers: { etag: done.etag } }) };
      }
      case 'other':
        return error(501, 'NotImplemented');
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on TCP has an address object; the string form is for pipes.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    rows: rowsOf,
    counts: () => counter.read(),
    resetCounts: () => counter.reset(),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function error(status: number, code: string): Answer {
  return { status, headers: { 'x-ms-error-code': code }, body: errorBody(code, 'refused') };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
