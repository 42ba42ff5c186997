import { afterAll, describe, expect, it } from 'vitest';
import { TableService } from '../../../shared/adapters/table/table-service.ts';
import { ensureTables } from '../../../shared/adapters/table/tables.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { startAzurite } from '../../support/azurite.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { aBroker } from './broker.ts';
import { notifier } from './command-line.ts';

const own = await startAzurite();
afterAll(() => own.stop());
const broker = await aBroker();
const { connectionString } = own;
await ensureTables(
  new TableService({ connection: { connectionString }, log: new RecordingLog() }),
  tableNames,
);
const KEY = 'k'.repeat(43);
const tables = ['--tables', own.connectionString];
const both = [...tables, '--connection', broker.connection];

describe('what is not there is named by the command that was asked for it', () => {
  it.each([
    ['hooks revoke', 'nosuch', tables],
    ['hooks revoke', 'a-name-of-a-hook-that-is-longer', tables],
    ['hooks revoke', 'sixteen_letters_', tables],
    ['hooks revoke', KEY, tables],
    ['conversations show', 'nosuch', tables],
    ['conversations show', KEY, tables],
    ['people show', 'nosuch', tables],
    ['people show', KEY, tables],
    ['people erase', KEY, both],
    ['parked show', 'nosuch', tables],
    ['parked show', KEY, tables],
    ['parked drop', KEY, tables],
    ['parked replay', KEY, both],
    ['parked show --source dlq', 'events/17', ['--connection', broker.connection]],
    ['parked drop --source dlq', 'events/17', ['--connection', broker.connection]],
    ['parked replay --source dlq', 'events/17', ['--connection', broker.connection]],
    ['status', 'nosuch', tables],
    ['status', KEY, tables],
    ['schema', 'nosuch', []],
    ['preview', 'nosuch', []],
  ])('%s %s', async (command, name, more) => {
    const { status, err } = await notifier([...command.split(' '), name, ...more]);
    expect({ status: status === 0, err }).toEqual({ status: false, err: expect.stringContaining(name) });
  });

  it('but no secret of an address is', async () => {
    const secret = 's'.repeat(43);
    for (const address of [
      `${'i'.repeat(16)}.${secret}`,
      `https://x.example.com/api/hooks/${'i'.repeat(16)}.${secret}x`,
    ]) {
      const { err } = await notifier(['hooks', 'revoke', address, ...tables]);
      expect(err).toContain('i'.repeat(16));
      expect(err).not.toContain('sss');
    }
  });
});
