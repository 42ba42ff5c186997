import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemoryTables, startMemoryTables } from '../../bench/table-service/server.ts';
import { tablesConnectionString } from '../../dev/tables/azurite.ts';
import type { Table } from '../../shared/adapters/table/storage/table.ts';
import { TableService } from '../../shared/adapters/table/table-service.ts';
import { RecordingLog } from '../support/fakes/recording-log.ts';
import { freshTables } from '../support/tables.ts';

let memory: MemoryTables;

beforeAll(async () => {
  memory = await startMemoryTables();
});

afterAll(async () => {
  await memory.stop();
});

const services = {
  Azurite: () => freshTables(),
  'the tables in memory': async () =>
    new TableService({
      connection: { connectionString: tablesConnectionString(memory.origin) },
      log: new RecordingLog(),
      tablePrefix: `t${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`,
    }),
};

async function keysOf(rows: AsyncIterable<{ readonly partitionKey: string; readonly rowKey: string }>) {
  const keys: string[] = [];
  for await (const { partitionKey, rowKey } of rows) keys.push(`${partitionKey}/${rowKey}`);
  return keys;
}

async function fill(table: Table): Promise<void> {
  for (const partitionKey of ['b', 'a', 'c']) {
    for (const rowKey of ['2', '10', '1', "o'h"]) {
      await table.put({ partitionKey, rowKey, kind: rowKey === '10' ? 'ten' : 'other' });
    }
  }
}

describe.each(Object.entries(services))('%s', (_name, open) => {
  it('gives a row as it was written, and only once', async () => {
    const table = (await open()).table('due');
    const row = { partitionKey: "p'1", rowKey: 'r', text: 'Zoë', number: 7, flag: true };
    expect(await table.get(row)).toBeUndefined();
    const etag = await table.insert(row);
    expect(await table.get(row)).toMatchObject({ ...row, etag });
    expect(await table.insert({ ...row, text: 'other' })).toBeUndefined();
    expect(await table.get(row, ['number'])).toMatchObject({ number: 7 });
    expect(await table.get(row, ['number'])).not.toHaveProperty('text');
  });

  it('replaces, merges and removes under the tag that was read, and no other', async () => {
    const table = (await open()).table('due');
    const keys = { partitionKey: 'p', rowKey: 'r' };
    const first = (await table.insert({ ...keys, a: 1, b: 1 })) ?? '';
    const second = (await table.replace({ ...keys, a: 2 }, first)) ?? '';
    expect(await table.replace({ ...keys, a: 3 }, first)).toBeUndefined();
    expect(await table.get(keys)).not.toHaveProperty('b');
    await table.merge({ ...keys, b: 2 });
    expect(await table.get(keys)).toMatchObject({ a: 2, b: 2 });
    expect(await table.mergeExisting({ ...keys, rowKey: 'absent', b: 2 })).toBe(false);
    expect(await table.remove(keys, second)).toBe(false);
    expect(await table.remove(keys)).toBe(true);
    expect(await table.remove(keys)).toBe(false);
  });

  it('makes all writes of a transaction or none', async () => {
    const table = (await open()).table('due');
    const row = (rowKey: string) => ({ partitionKey: 'p', rowKey, n: 1 });
    const tags = await table.transact([
      { kind: 'insert', row: row('1') },
      { kind: 'put', row: row('2') },
      { kind: 'merge', row: row('3') },
    ]);
    const stored = ['1', '2', '3'].map(async (key) => (await table.get(row(key)))?.etag);
    expect(tags).toEqual(await Promise.all(stored));
    const refused = await table.transact([
      { kind: 'put', row: row('4') },
      { kind: 'insert', row: row('1') },
    ]);
    expect(refused).toBeUndefined();
    expect(await keysOf(table.rows({ partition: 'p' }))).toEqual(['p/1', 'p/2', 'p/3']);
    const stale = {
      kind: 'replace',
      row: row('1'),
      etag: `W/"datetime'2020-01-01T00%3A00%3A00.0000000Z'"`,
    } as const;
    expect(await table.transact([stale, { kind: 'remove', row: row('2') }])).toBeUndefined();
    expect(await table.transact([{ kind: 'remove', row: row('2') }])).toHaveLength(1);
  });

  it('reads ranges in key order, page by page', async () => {
    const table = (await open()).table('due');
    await fill(table);
    const all = table.rows({ firstPartition: 'a', lastPartition: 'b' }, { pageSize: 3 });
    expect(await keysOf(all)).toEqual(['a/1', 'a/10', 'a/2', "a/o'h", 'b/1', 'b/10', 'b/2', "b/o'h"]);
    const within = table.rows({ partition: 'b', after: '1', below: '3' }, { select: [] });
    expect(await keysOf(within)).toEqual(['b/10', 'b/2']);
    const some = table.rows({ partition: 'c', where: { property: 'kind', is: 'ten' } });
    expect(await keysOf(some)).toEqual(['c/10']);
    expect(await keysOf(table.rows({ partition: 'd' }))).toEqual([]);
  });
});
