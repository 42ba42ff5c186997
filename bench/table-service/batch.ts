import { operationOf } from '../../dev/tables/operation.ts';
import type { SortedRows } from './sorted-rows.ts';
import { apply, refusal, type Write, type Written } from './write.ts';

interface BatchWrite extends Write {
  readonly isMerge: boolean;
}

/** The writes of a multipart batch, in order. */
export function batchWrites(body: string): readonly BatchWrite[] {
  const part =
    /^(POST|PUT|PATCH|MERGE|DELETE) (\S+) HTTP\/1\.1\r?\n((?:[^\r\n]+\r?\n)*)(?:\r?\n)*(\{[^\r\n]*\})?/gm;
  return [...body.matchAll(part)].map(([, method = '', url = '', headers = '', json]) => {
    const ifMatch = /^If-Match:[ \t]*(.*?)[ \t]*\r?$/im.exec(headers)?.[1];
    const operation = operationOf({ method, url, ifMatch }, Buffer.alloc(0));
    const isMerge = method === 'PATCH' || method === 'MERGE';
    // The expression admits an object only.
    const read = json === undefined ? {} : (JSON.parse(json) as Record<string, unknown>);
    return { operation, ifMatch, isMerge, body: read };
  });
}

/** Makes all writes or none, and answers as the service does. */
export function applyBatch(rowsOf: (table: string) => SortedRows, writes: readonly BatchWrite[]): string {
  for (const [index, write] of writes.entries()) {
    const refused = refusal(rowsOf(write.operation.table), write);
    if (refused !== undefined) return answer([refused], index);
  }
  return answer(writes.map((write) => apply(rowsOf(write.operation.table), write, write.isMerge)));
}

function answer(outcomes: readonly Written[], refusedAt = 0): string {
  const parts = outcomes.flatMap((outcome) => [
    '--changesetresponse_1',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `HTTP/1.1 ${outcome.status} ${outcome.status === 204 ? 'No Content' : 'Refused'}`,
    'DataServiceVersion: 3.0;',
    ...('etag' in outcome ? [`ETag: ${outcome.etag}`] : []),
    '',
    ...('code' in outcome ? [errorBody(outcome.code, `${refusedAt}:refused`)] : []),
  ]);
  return [
    '--batchresponse_1',
    'Content-Type: multipart/mixed; boundary=changesetresponse_1',
    '',
    ...parts,
    '--changesetresponse_1--',
    '--batchresponse_1--',
    '',
  ].join('\r\n');
}

/** An error in the service's own form. */
export function errorBody(code: string, message: string): string {
  return JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: message } } });
}
