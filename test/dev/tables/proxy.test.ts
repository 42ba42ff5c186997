import { odata, RestError, TableClient } from '@azure/data-tables';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tablesConnectionString } from '../../../dev/tables/azurite.ts';

import { startTableProxyControl } from '../../../dev/tables/control.ts';
import { type Exchange, startTableProxy, type TableProxy } from '../../../dev/tables/proxy.ts';
import { startAzurite } from './azurite-process.ts';

let azurite: Awaited<ReturnType<typeof startAzurite>>;
let proxy: TableProxy;
let people: TableClient;
let direct: TableClient;
let tableNumber = 0;

function client(origin: string, table: string, maxRetries = 0): TableClient {
  return TableClient.fromConnectionString(tablesConnectionString(origin), table, {
    allowInsecureConnection: true,
    retryOptions: { maxRetries, retryDelayInMs: 1, maxRetryDelayInMs: 5 },
  });
}

async function everyOne<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error,
  );
}

async function statusOf(promise: Promise<unknown>): Promise<number | undefined> {
  const error = await failure(promise);
  return error instanceof RestError ? error.statusCode : expect.fail(`not a RestError: ${error}`);
}

const ada = { partitionKey: 'people', rowKey: 'ada', city: 'London' };

beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

beforeEach(async () => {
  proxy = await startTableProxy({ upstream: azurite.url });
  const table = `people${++tableNumber}`;
  direct = client(azurite.url, table);
  people = client(proxy.url, table);
  await direct.createTable();
});
afterEach(() => proxy.stop());

describe('a table client that talks through the proxy', () => {
  it('reads, writes, queries and pages as if it talked to the tables', async () => {
    await people.createEntity({ ...ada, note: "it's a / key? 100 % ünïcode" });
    const read = await people.getEntity<{ note: string }>('people', 'ada');
    expect(read.note).toBe("it's a / key? 100 % ünïcode");

    await people.submitTransaction(
      Array.from({ length: 5 }, (_, n) => ['create', { partitionKey: 'people', rowKey: `p${n}` }]),
    );
    const pages = [];
    for await (const page of people.listEntities().byPage({ maxPageSize: 4 })) pages.push(page.length);
    expect(pages).toEqual([4, 2]);
    const filtered = people.listEntities({ queryOptions: { filter: odata`RowKey eq 'p3'` } });
    expect((await everyOne(filtered)).map((entity) => entity.rowKey)).toEqual(['p3']);
  });

  it('keeps 409 and 412 of the tables as they are', async () => {
    await people.createEntity(ada);
    expect(await statusOf(people.createEntity(ada))).toBe(409);
    expect(await statusOf(people.updateEntity(ada, 'Merge', { etag: 'W/"stale"' }))).toBe(412);
  });
});

describe('counting', () => {
  it('counts requests by kind and table, entities of batches, conditions and bytes', async () => {
    await people.createEntity(ada);
    const { etag } = await people.getEntity('people', 'ada');
    await everyOne(people.listEntities());
    const merged = await people.updateEntity(ada, 'Merge', { etag });
    await people.updateEntity(ada, 'Replace', { etag: merged.etag ?? '' });
    await people.upsertEntity(ada, 'Merge');
    await people.submitTransaction([
      ['upsert', { partitionKey: 'people', rowKey: 'bob' }],
      ['update', ada, 'Merge'],
      ['create', { partitionKey: 'people', rowKey: 'eve' }],
    ]);
    await people.deleteEntity('people', 'ada');

    const counts = proxy.counts();
    expect(counts.requests).toEqual({
      insert: 1,
      get: 1,
      query: 1,
      merge: 1,
      update: 1,
      upsert: 1,
      batch: 1,
      delete: 1,
      table: 0,
      other: 0,
    });
    expect(counts.tables[people.tableName]).toMatchObject({ insert: 1, batch: 1, delete: 1 });
    expect(counts.batchEntities).toBe(3);
    expect(counts.conditional).toBe(2);
    expect(counts.bytes.sent).toBeGreaterThan(300);
    expect(counts.bytes.received).toBeGreaterThan(100);

    proxy.resetCounts();
    expect(proxy.counts().requests.insert).toBe(0);
  });
});

describe('faults', () => {
  it('answers the next n operations of a kind with a status, and then lets them through', async () => {
    proxy.fail({ match: { kinds: ['insert'] }, times: 2, fault: { type: 'status', status: 503 } });
    expect(await statusOf(people.createEntity(ada))).toBe(503);
    await everyOne(people.listEntities());
    expect(await statusOf(people.createEntity(ada))).toBe(503);
    await people.createEntity(ada);
    expect(proxy.counts().faults).toBe(2);
  });

  it('is survived by a client that retries', async () => {
    proxy.fail({ times: 2, fault: { type: 'status', status: 500 } });
    await client(proxy.url, people.tableName, 3).createEntity(ada);
    expect(await direct.getEntity('people', 'ada')).toMatchObject({ city: 'London' });
  });

  it('fails a conditional write with 412, in a batch too, and nothing is written', async () => {
    await people.createEntity(ada);
    proxy.fail({ match: { kinds: ['merge'] }, times: 2, fault: { type: 'status', status: 412 } });
    const moved = { ...ada, city: 'Turin' };
    const { etag } = await people.getEntity('people', 'ada');
    expect(await statusOf(people.updateEntity(moved, 'Merge', { etag }))).toBe(412);
    const batch = people.submitTransaction([['update', moved, 'Merge', { etag }]]);
    expect(await failure(batch)).toMatchObject({ statusCode: 412, code: 'UpdateConditionNotSatisfied' });
    expect(await direct.getEntity('people', 'ada')).toMatchObject({ city: 'London' });
  });

  it('can skip the first operations and pick one entity', async () => {
    proxy.fail({ match: { rowKey: 'eve' }, skip: 1, fault: { type: 'status', status: 500 } });
    await people.upsertEntity({ partitionKey: 'people', rowKey: 'bob' });
    await people.upsertEntity({ partitionKey: 'people', rowKey: 'eve' });
    expect(await statusOf(people.upsertEntity({ partitionKey: 'people', rowKey: 'eve' }))).toBe(500);
  });

  it('resets the connection before the tables see the request', async () => {
    proxy.fail({ match: { kinds: ['insert'] }, fault: { type: 'reset', when: 'before' } });
    expect(await failure(people.createEntity(ada))).toMatchObject({ code: 'ECONNRESET' });
    expect(await statusOf(direct.getEntity('people', 'ada'))).toBe(404);
  });

  it('resets the connection after the tables did the work', async () => {
    proxy.fail({ match: { kinds: ['insert'] }, fault: { type: 'reset', when: 'after' } });
    expect(await failure(people.createEntity(ada))).toMatchObject({ code: 'ECONNRESET' });
    expect(await direct.getEntity('people', 'ada')).toMatchObject({ city: 'London' });
  });

  it('leaves a caller without an answer until the caller gives up', async () => {
    proxy.fail({ fault: { type: 'timeout', when: 'after' } });
    const written = new Promise<Exchange>((resolve) => proxy.onResponse(resolve));
    const patience = new AbortController();
    const write = people.createEntity(ada, { abortSignal: patience.signal });
    expect((await written).status).toBe(204);
    patience.abort();
    expect(await failure(write)).toMatchObject({ name: 'AbortError' });
    expect(await direct.getEntity('people', 'ada')).toMatchObject({ city: 'London' });
  });

  it('breaks the connection when the tables are away', async () => {
    const orphan = await startTableProxy({ upstream: 'http://127.0.0.1:1' });
    const error = await failure(client(orphan.url, 'people').createEntity(ada));
    expect(String(error)).toMatch(/socket hang up|ECONNRESET/);
    await orphan.stop();
  });
});

describe('the response hook', () => {
  it('runs after the write reached the tables and before the caller learns it', async () => {
    const order: string[] = [];
    const stopListening = proxy.onResponse(async ({ operation, status }) => {
      const stored = await direct.getEntity('people', 'ada');
      order.push(`${operation.kind} of ${operation.table} ${status}: ${stored.city}`);
    });
    await people.createEntity(ada).then(() => order.push('caller knows'));
    expect(order).toEqual([`insert of ${people.tableName} 204: London`, 'caller knows']);
    stopListening();
    await people.deleteEntity('people', 'ada');
    expect(order).toHaveLength(2);
  });
});

describe('the control port', () => {
  it('adds, lists and removes rules and reads the counts', async () => {
    const control = await startTableProxyControl(proxy);
    const call = (path: string, init?: RequestInit) => fetch(`${control.url}${path}`, init);
    const rule = { match: { kinds: ['insert'] }, times: null, fault: { type: 'status', status: 503 } };
    const added = await call('/faults', { method: 'POST', body: JSON.stringify(rule) });
    expect(added.status).toBe(201);
    const { id } = z.object({ id: z.number() }).parse(await added.json());
    expect(await statusOf(people.createEntity(ada))).toBe(503);
    expect(await (await call('/counts')).json()).toMatchObject({ faults: 1, requests: { insert: 1 } });
    expect(await (await call('/faults')).json()).toMatchObject([{ id, left: null }]);
    expect((await call(`/faults/${id}`, { method: 'DELETE' })).status).toBe(204);
    await people.createEntity(ada);
    await control.stop();
  });

  it('names what is wrong with a rule', async () => {
    const control = await startTableProxyControl(proxy);
    const body = JSON.stringify({ fault: { type: 'status', status: 200 } });
    const refused = await fetch(`${control.url}/faults`, { method: 'POST', body });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('fault.status');
    await control.stop();
  });
});
