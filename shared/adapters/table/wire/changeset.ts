import { randomUUID } from 'node:crypto';
import { defined } from '../../../domain/defined.ts';
import type { Write } from '../row/row.ts';
import { keysPath, toOData } from './odata-row.ts';
import { errorCodeOf, PROTOCOL } from './table-wire.ts';

// A transaction is one request with a multipart body (OData 3.0, "batch processing"): one changeset, in which each
// write is a request of its own.

const LINE = '\r\n';

/** The body of a transaction, and the header that goes with it. */
export interface Changeset {
  readonly contentType: string;
  readonly body: string;
}

/** @param table address of the table: `https://account.table.core.windows.net/people` */
export function toChangeset(table: string, writes: readonly Write[]): Changeset {
  const [batch, changeset] = [`batch_${randomUUID()}`, `changeset_${randomUUID()}`];
  const parts: string[] = [];
  for (const write of writes) {
    parts.push(
      `--${changeset}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      ...requestLines(table, write),
    );
  }
  return {
    contentType: `multipart/mixed; boundary=${batch}`,
    body: [
      `--${batch}`,
      `Content-Type: multipart/mixed; boundary=${changeset}`,
      '',
      ...parts,
      `--${changeset}--`,
      `--${batch}--`,
      '',
    ].join(LINE),
  };
}

const METHODS: { readonly [kind in Write['kind']]: string } = {
  insert: 'POST',
  merge: 'PATCH',
  put: 'PUT',
  replace: 'PUT',
  remove: 'DELETE',
};

function requestLines(table: string, write: Write): readonly string[] {
  const { kind } = write;
  const address = kind === 'insert' ? table : `${table}${keysPath(write.row)}`;
  return [
    `${METHODS[kind]} ${address} HTTP/1.1`,
    'Content-Type: application/json',
    `Accept: ${PROTOCOL.accept}`,
    `DataServiceVersion: ${PROTOCOL.dataserviceversion}`,
    ...(kind === 'insert' ? ['Prefer: return-no-content'] : []),
    ...(kind === 'replace' ? [`If-Match: ${write.etag}`] : []),
    ...(kind === 'remove' ? ['If-Match: *'] : []),
    '',
    kind === 'remove' ? '' : toOData(write.row),
  ];
}

/** What became of one write. Of a transaction that was refused there is only the write that was. */
export interface WriteAnswer {
  readonly status: number;
  readonly etag?: string;
  /** The service's code of an error. */
  readonly code?: string;
}

/** Reads the answers to the writes of a transaction, in order. */
export function fromChangeset(text: string): readonly WriteAnswer[] {
  // The last piece is the end of the changeset and of the batch.
  return text.split('--changesetresponse_').slice(1, -1).map(writeAnswer);
}

/** The JSON object in a part of an answer, empty where there is none. */
function bodyIn(part: string): string {
  const start = part.indexOf('{');
  return start < 0 ? '' : part.slice(start, part.lastIndexOf('}') + 1);
}

function writeAnswer(part: string): WriteAnswer {
  const status = Number(/HTTP\/1\.1 (\d{3})/.exec(part)?.[1]);
  if (Number.isNaN(status)) throw new Error('a write of a transaction was answered without a status');
  const etag = /^ETag: *(.*?)\r?$/im.exec(part)?.[1];
  const code = status < 300 ? undefined : errorCodeOf(bodyIn(part));
  return {
    status,
    ...defined({ etag, code }),
  };
}
