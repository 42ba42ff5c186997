import { randomBytes } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { TableService, type TableServiceOptions } from '../../shared/adapters/table/table-service.ts';
import { ensureTables } from '../../shared/adapters/table/tables.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { type Azurite, startAzurite } from './azurite.ts';
import { RecordingLog } from './fakes/recording-log.ts';

let own: Promise<Azurite> | undefined;

afterAll(async () => {
  await (await own)?.stop();
});

/** The connection string of the Azurite that all test files share; without the global setup, of one for this file. */
export async function azuriteConnection(): Promise<string> {
  const desk: string | undefined = inject('azuriteDesk');
  if (desk === undefined) {
    own ??= startAzurite();
    return (await own).connectionString;
  }
  const answer = await fetch(desk, { headers: { connection: 'close' } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`no Azurite for the tests: ${text}`);
  return text;
}

/** A table service with tables of its own, empty, in a real Azurite. The same prefix leads to the same tables. */
export async function freshTables(
  options: Partial<Omit<TableServiceOptions, 'connection'>> = {},
): Promise<TableService> {
  const service = new TableService({
    connection: { connectionString: await azuriteConnection() },
    log: new RecordingLog(),
    tablePrefix: `t${randomBytes(6).toString('hex')}`,
    ...options,
  });
  await ensureTables(service, tableNames);
  return service;
}
