import { describe, expect, it } from 'vitest';
import { isPlainHttp, TableService } from '../../../shared/adapters/table/table-service.ts';
import { ensureTables, tableNames } from '../../../shared/adapters/table/tables.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { azuriteConnection, freshTables } from '../../support/tables.ts';

describe('the table service', () => {
  it.each([
    ['UseDevelopmentStorage=true', true],
    [
      'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aw==;TableEndpoint=http://127.0.0.1:10002/a;',
      true,
    ],
    ['AccountName=a;AccountKey=aw==;TableEndpoint=http://127.0.0.1:10002/a', true],
    ['DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aw==', true],
    ['DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aw==;TableEndpoint=https://a.example/', false],
    ['DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aw==;EndpointSuffix=core.windows.net', false],
    ['TableEndpoint=https://a.table.core.windows.net/;SharedAccessSignature=sig=http://', false],
  ])('goes without TLS only where the connection string says http: %s', (connectionString, expected) => {
    expect(isPlainHttp(connectionString)).toBe(expected);
  });

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
    await ensureTables(service);
    expect(await service.table('pace').get({ partitionKey: 'a', rowKey: 'b' })).toMatchObject({
      rowKey: 'b',
    });
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
