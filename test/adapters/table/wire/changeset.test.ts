import { describe, expect, it } from 'vitest';
import type { Write } from '../../../../shared/adapters/table/row/row.ts';
import { fromChangeset, toChangeset } from '../../../../shared/adapters/table/wire/changeset.ts';

const TABLE = 'https://account.table.core.windows.net/people';
const row = { partitionKey: 'p', rowKey: "o'b" };

/** The requests inside, without what varies. */
function requestsOf(writes: readonly Write[]): readonly string[] {
  const { body } = toChangeset(TABLE, writes);
  return body
    .split(/--changeset_[0-9a-f-]+(?:--)?\r\n/)
    .slice(1, -1)
    .map((part) => part.slice(part.indexOf('\r\n\r\n') + 4));
}

describe('a transaction as the service reads it', () => {
  it('says of each write what it is conditional on', () => {
    const requests = requestsOf([
      { kind: 'insert', row },
      { kind: 'merge', row },
      { kind: 'put', row },
      { kind: 'replace', row, etag: 'W/"7"' },
      { kind: 'remove', row },
    ]);
    const address = `${TABLE}(PartitionKey='p',RowKey='o''b')`;
    expect(
      requests.map((request) => [request.split(' HTTP')[0], /^If-Match: (.*)\r$/m.exec(request)?.[1]]),
    ).toEqual([
      [`POST ${TABLE}`, undefined],
      [`PATCH ${address}`, undefined],
      [`PUT ${address}`, undefined],
      [`PUT ${address}`, 'W/"7"'],
      [`DELETE ${address}`, '*'],
    ]);
    expect(requests[0]).toContain('\r\n\r\n{"PartitionKey":"p","RowKey":"o\'b"}\r\n');
  });

  it('names the boundary that its body has, another each time', () => {
    const [one, other] = [toChangeset(TABLE, []), toChangeset(TABLE, [])];
    const boundary = /boundary=(.*)$/.exec(one.contentType)?.[1];
    expect(one.body.startsWith(`--${boundary}\r\n`)).toBe(true);
    expect(one.body.endsWith(`--${boundary}--\r\n`)).toBe(true);
    expect(other.contentType).not.toBe(one.contentType);
  });
});

/** As the service answers; `parts` with lines that end as it ends them. */
function answered(...parts: readonly (readonly string[])[]): string {
  return [
    '--batchresponse_1',
    'Content-Type: multipart/mixed; boundary=changesetresponse_1',
    '',
    ...parts.flatMap((lines) => [
      '--changesetresponse_1',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      ...lines,
    ]),
    '--changesetresponse_1--',
    '--batchresponse_1--',
    '',
  ].join('\r\n');
}

describe('the answer to a transaction', () => {
  it('gives the tag of each write, in order, and none of what was removed', () => {
    const text = answered(
      ['HTTP/1.1 204 No Content', 'DataServiceVersion: 3.0;', 'ETag: W/"datetime\'a\'"', '', ''],
      ['HTTP/1.1 204 No Content', '', ''],
    );
    expect(fromChangeset(text)).toEqual([{ status: 204, etag: 'W/"datetime\'a\'"' }, { status: 204 }]);
  });

  it('gives the one write that was refused, with its code', () => {
    const body = '{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"0:no\n"}}}';
    expect(fromChangeset(answered(['HTTP/1.1 409 Conflict', '', body.replace('\n', '\\n'), '']))).toEqual([
      { status: 409, code: 'EntityAlreadyExists' },
    ]);
  });

  it('is no answer without a status', () => {
    expect(() => fromChangeset(answered(['gone']))).toThrow(/status/);
  });
});
