import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { connectTables } from '../../shared/adapters/table/connect.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import type { Log } from '../../shared/ports/log.ts';

/** For what is measured: lines would only be work. */
export const silent: Log = { info() {}, warn() {}, error() {} };

/** The app's stores, for a measurement to prepare and to look at. */
export function storesAt(connectionString: string, requestsPerSecond: number) {
  return connectTables(
    { kind: 'connectionString', value: connectionString },
    { clock: systemClock, log: silent, requestsPerSecond, tableNames },
  );
}
