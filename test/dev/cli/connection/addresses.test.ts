import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bothTargets, brokerTarget, tablesTarget } from '../../../../dev/cli/connection/addresses.ts';
import { vouchingFor } from '../../../../dev/cli/connection/tables.ts';
import type { Io } from '../../../../dev/cli/io.ts';
import { serviceBusConnectionString } from '../../../../dev/stack/addresses.ts';
import { tablesConnectionString } from '../../../../dev/tables/azurite.ts';

const folder = mkdtempSync(join(tmpdir(), 'notifier-addresses-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
await mkdir(join(folder, '.local'));
await mkdir(join(folder, 'dead'));
await mkdir(join(folder, 'broken'));

const serviceBus = serviceBusConnectionString(15_672);
const tables = tablesConnectionString('http://127.0.0.1:20002');
const file = { pid: process.pid, functions: 'http://127.0.0.1:17071', serviceBus, tables };
writeFileSync(join(folder, '.local', 'stack.json'), JSON.stringify(file));
// No system gives a process this id.
writeFileSync(join(folder, 'dead', 'stack.json'), JSON.stringify({ ...file, pid: 2 ** 30 }));
writeFileSync(join(folder, 'broken', 'stack.json'), '{"pid":');

function around(env: Io['env'] = {}, cwd = folder): Io {
  const screen = { isTTY: false, write() {} };
  const { signal } = new AbortController();
  return { out: screen, err: screen, env, cwd, readInput: async () => '', now: () => 0, signal };
}

describe('whose word is taken for who people are', () => {
  const of = (named: boolean, value?: string) =>
    vouchingFor(
      { ...tablesTarget({}, around()), named },
      around(value === undefined ? {} : { NOTIFIER_VOUCHED_CHANNELS: value }),
    ).channels;

  it('is everybody’s on the local stack only, else as the setting or its default says', () => {
    expect(of(false)).toBe('all');
    expect(of(true)).toContain('msteams');
    expect(of(true)).not.toContain('webchat');
    expect(of(true, 'slack')).toEqual(new Set(['slack']));
    expect(of(false, 'slack')).toEqual(new Set(['slack']));
    expect(() => of(true, 'webchat')).toThrow('NOTIFIER_VOUCHED_CHANNELS holds "webchat"');
  });
});

describe('the addresses', () => {
  it('are those of the running stack, as it wrote them down', () => {
    expect(brokerTarget({}, around())).toEqual({
      service: 'broker',
      address: { kind: 'connectionString', value: serviceBus },
      host: 'localhost:15672',
      named: false,
    });
    expect(tablesTarget({}, around())).toMatchObject({ host: '127.0.0.1:20002', named: false });
    expect(bothTargets({ stack: '.local' }, around())).toMatchObject({ broker: { host: 'localhost:15672' } });
  });

  it.each(['dead', 'broken', 'missing'])('are not those of a stack that is %s', (stack) => {
    expect(() => brokerTarget({ stack }, around())).toThrow(/no stack runs on that folder/);
  });

  it('are those of the environment before the stack', () => {
    const io = around({
      ServiceBusConnection: 'Endpoint=sb://bus.example/;SharedAccessKeyName=a;SharedAccessKey=b',
      TablesConnection: 'AccountName=acme;AccountKey=b;EndpointSuffix=core.windows.net',
    });
    expect(bothTargets({}, io)).toMatchObject({
      broker: { host: 'bus.example', named: true },
      tables: { host: 'acme.table.core.windows.net', named: true },
    });
  });

  it('are those of an identity where they carry no key, by flag or environment', () => {
    const namespace = 'acme-bus.servicebus.windows.net';
    const endpoint = 'https://acme.table.core.windows.net';
    const byFlag = bothTargets({ namespace, 'tables-endpoint': endpoint }, around());
    expect(byFlag).toMatchObject({
      broker: { address: { kind: 'identity', endpoint: namespace }, host: namespace },
      tables: { address: { kind: 'identity', endpoint }, host: 'acme.table.core.windows.net' },
    });
    const env = {
      ServiceBusConnection__fullyQualifiedNamespace: namespace,
      TablesConnection__tableServiceUri: endpoint,
    };
    expect(bothTargets({}, around(env))).toEqual(byFlag);
  });

  it('say the port that an emulator has', () => {
    const connection =
      'Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;';
    expect(brokerTarget({ connection }, around()).host).toBe('localhost:5672');
    expect(tablesTarget({ tables: 'UseDevelopmentStorage=true' }, around()).host).toBe('127.0.0.1:10002');
  });
});
