import { defined } from '../../domain/defined.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { ServiceAddress } from '../../settings/service-address.ts';
import type { RecordLayout } from './records/record-layout.ts';
import { TableRecordStore } from './records/table-record-store.ts';
import { type TableConnection, TableService } from './table-service.ts';
import { tableStores } from './table-stores.ts';
import { ensureTables } from './tables.ts';

/** Every store of the app, on one storage account. */
export async function connectTables(
  address: ServiceAddress,
  deps: {
    readonly clock: Clock;
    readonly log: Log;
    readonly requestsPerSecond: number;
    readonly vouching?: Vouching;
    /** Every table that there should be. */
    readonly tableNames: readonly string[];
  },
) {
  const service = new TableService({
    connection: await connectionOf(address),
    log: deps.log,
  });
  // Locally nothing else makes the tables; in Azure the infrastructure templates did, and the app may not.
  if (address.kind === 'connectionString') await ensureTables(service, deps.tableNames);
  return {
    ...tableStores(service, deps),
    /** For kinds, which keep their own. */
    tables: service,
    records: <Value>(layout: RecordLayout<Value>) => new TableRecordStore(service, layout),
    /** Rejects when the tables do not answer. */
    probe: async (): Promise<void> => {
      await service.table('pace').get({ partitionKey: 'health', rowKey: 'probe' }, []);
    },
  };
}

async function connectionOf(address: ServiceAddress): Promise<TableConnection> {
  if (address.kind === 'connectionString') return { connectionString: address.value };
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential(defined({ managedIdentityClientId: address.clientId }));
  return { endpoint: address.endpoint, credential };
}
