import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { TableService } from '../../../shared/adapters/table/table-service.ts';
import { ensureTables } from '../../../shared/adapters/table/tables.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { azuriteConnection, freshTables } from '../../support/tables.ts';

describe('the table service', () => {
  it('connects with an endpoint and an identity', () => {
    const credential = { getToken: async () => ({ token: 'x', expiresOnTimestamp: 0 }) };
    const service = new TableService({
      connection: { endpoint: 'https://a.table.core.windows.net', credential },
      log: new RecordingLog(),
    });
    expect(tableNames.map((name) => service.table(name).name)).toEqual(tableNames);
  });

  it('makes tables that are missing and leaves those that exist', async () => {
    const service = await freshTables();
    await service.table('pace').put({ partitionKey: 'a', rowKey: 'b' });
    await ensureTables(service, tableNames);
    expect(await service.table('pace').get({ partitionKey: 'a', rowKey: 'b' })).toMatchObject({
      rowKey: 'b',
    });
  });

  it('asks for the next page by what the service gave of its place, which may be less than both keys', async () => {
    const asked: string[] = [];
    const headers = [
      { 'x-ms-continuation-nextpartitionkey': 'p', 'x-ms-continuation-nextrowkey': '' },
      { 'x-ms-continuation-nextpartitionkey': 'q' },
      { 'x-ms-continuation-nextpartitionkey': '' },
    ];
    const service = new TableService({
      connection: { connectionString: await azuriteConnection() },
      log: new RecordingLog(),
      httpClient: {
        sendRequest: async (request) => {
          const answer = headers[asked.length];
          asked.push(new URL(request.url).search.replace(/^.*?\$top=\d+/, ''));
          return {
            request,
            status: 200,
            headers: createHttpHeaders({ ...answer }),
            bodyAsText: '{"value":[]}',
          };
        },
      },
    });
    for await (const row of service.table('due').rows({ partition: 'p' })) expect.fail(row.rowKey);
    expect(asked).toEqual(['', '&NextPartitionKey=p', '&NextPartitionKey=q']);
  });

  it('keeps the tables of two prefixes apart', async () => {
    const [one, other] = [await freshTables(), await freshTables()];
    await one.table('due').put({ partitionKey: 'a', rowKey: 'b' });
    expect(await other.table('due').get({ partitionKey: 'a', rowKey: 'b' })).toBeUndefined();
  });

  it.each(['1st', 'with-dash', 'x'.repeat(41)])('refuses the prefix %s', async (tablePrefix) => {
    const connection = { connectionString: await azuriteConnection() };
    expect(() => new TableService({ connection, log: new RecordingLog(), tablePrefix })).toThrow(RangeError);
  });
});
