import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { build } from '../../../dev/build.ts';
import { isTaken } from '../../../dev/stack/ports.mjs';
import { type Stack, startStack } from '../../../dev/stack/stack.ts';
import { untilGone } from './processes.ts';

let folder: string;
let appDir: string;
let stack: Stack;
let tablesForApp: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-stack-test-'));
  appDir = join(folder, 'app');
  await build({ outDir: appDir, entry: join(import.meta.dirname, 'fixtures', 'app', 'main.ts') });
  stack = await startStack({
    appDir,
    brokerControl: true,
    env: { MADE_UP_SETTING: 'from the test' },
    fileSettings: { MADE_UP_SETTING: 'from the file', ServiceBusConnection: 'from the file' },
    tablesFor: async (origin) => {
      tablesForApp = origin;
      return 'http://127.0.0.1:9';
    },
  });
});
afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

async function appEnvironment(): Promise<Record<string, string>> {
  return z
    .record(z.string(), z.string())
    .parse(await (await fetch(`${stack.addresses.functions}/api/settings`)).json());
}

describe('a stack on free ports', () => {
  it('runs the built app, and each part answers at its address', async () => {
    const hello = await fetch(`${stack.addresses.functions}/api/hello`);
    expect(await hello.json()).toContain('TurnContext');
    expect((await fetch(stack.addresses.tableEndpoint)).status).toBeGreaterThan(0);
    expect((await fetch(`${stack.addresses.channel}/`)).status).toBeGreaterThan(0);
    expect((await fetch(`${stack.addresses.brokerControl}/health`)).status).toBe(200);
  });

  it('has a broker with the queues of the manifest, for the stock client', async () => {
    const client = new ServiceBusClient(stack.addresses.serviceBus);
    await client.createSender('outcomes').sendMessages({ body: 'hello' });
    const [message] = await client.createReceiver('outcomes').receiveMessages(1);
    expect(message?.body).toBe('hello');
    await client.close();
  });

  it('gives the app its addresses over those of the file, and settings set on purpose over both', async () => {
    const settings = await appEnvironment();
    expect(settings.ServiceBusConnection).toBe(stack.addresses.serviceBus);
    expect(settings.MADE_UP_SETTING).toBe('from the test');
    expect(settings.AZURE_FUNCTIONS_ENVIRONMENT).toBe('Development');
    expect(stack.overridden).toEqual([]);
  });

  it('lets something stand between the app and its tables', async () => {
    expect(`${tablesForApp}/devstoreaccount1`).toBe(stack.addresses.tableEndpoint);
    expect((await appEnvironment()).TablesConnection).toContain(
      'TableEndpoint=http://127.0.0.1:9/devstoreaccount1;',
    );
  });
});

describe('a part that dies', () => {
  it('dies alone, is said to, and serves again at its old address', async () => {
    const others = (['tables', 'broker', 'channel'] as const).map((part) => stack.pid(part));
    await stack.kill('functions', 'SIGKILL');
    await stack.waitUntilRestarted('functions');
    expect((await fetch(`${stack.addresses.functions}/api/hello`)).status).toBe(200);
    expect(stack.notices).toContain('functions host ended (SIGKILL); starting it again');
    expect((['tables', 'broker', 'channel'] as const).map((part) => stack.pid(part))).toEqual(others);
  });

  it('is named when it is none of this stack', async () => {
    const without = await startStack({ appDir, chat: false });
    expect(() => without.pid('channel')).toThrow(
      'This stack has no channel; it has tables, broker, functions.',
    );
    expect(without.addresses.channel).toBeUndefined();
    const pids = (['tables', 'broker', 'functions'] as const).map((part) => without.pid(part) ?? 0);
    await without.stop();
    await untilGone(pids);
  });
});

describe('a stack that cannot start', () => {
  it('says which part, with its last lines, and leaves nothing running', async () => {
    const data = join(folder, 'no-app-data');
    const seen = new Set<number>();
    const start = startStack({
      appDir: join(folder, 'nothing-here'),
      dataDir: data,
      chat: false,
      tablesFor: async (origin) => {
        seen.add(Number(new URL(origin).port));
        return origin;
      },
    });
    await expect(start).rejects.toThrow(/^functions host did not start \(exit status 1\); its last lines:/);
    for (const port of seen) expect(await isTaken(port)).toBe(false);
    expect(seen.size).toBe(1);
  });

  it('can be given up while it starts', async () => {
    const giveUp = new AbortController();
    const start = startStack({
      appDir,
      chat: false,
      signal: giveUp.signal,
      tablesFor: async (origin) => {
        giveUp.abort(new Error('no longer wanted'));
        return origin;
      },
    });
    await expect(start).rejects.toThrow('no longer wanted');
  });
});
