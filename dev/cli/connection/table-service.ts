import type { Io } from '../io.ts';
import type { Target } from './addresses.ts';
import { logTo } from './tables.ts';

/** The longest that one request of a restore may take, its repeats included. */
const TIMEOUT_MS = 60_000;

/** The tables row by row, whatever they mean: for backup and restore. */
export async function openTableService(target: Target, io: Io) {
  const [{ TableServiceClient }, { TableService }, { TableWire }, { undiciHttpClient }] = await Promise.all([
    import('@azure/data-tables'),
    import('../../../shared/adapters/table/table-service.ts'),
    import('../../../shared/adapters/table/wire/table-wire.ts'),
    import('../../../shared/adapters/table/wire/undici-http-client.ts'),
  ]);
  const { address } = target;
  const log = logTo(io);
  if (address.kind === 'connectionString') {
    const connection = { connectionString: address.value };
    return {
      service: new TableService({ connection, log, timeout: TIMEOUT_MS }),
      wire: new TableWire(TableServiceClient.fromConnectionString(address.value), undiciHttpClient()),
    };
  }
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential();
  return {
    service: new TableService({
      connection: { endpoint: address.endpoint, credential },
      log,
      timeout: TIMEOUT_MS,
    }),
    wire: new TableWire(new TableServiceClient(address.endpoint, credential), undiciHttpClient()),
  };
}
