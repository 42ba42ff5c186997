import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { propertiesIn, queues, type ServiceBusTier } from '../../shared/manifest.ts';
import { emulatorConfiguration } from '../servicebus-emulator/configuration.ts';
import { azuriteBlobsArgs, azuriteTablesArgs } from '../tables/azurite.ts';
import type { Addresses, StackPorts } from './addresses.ts';
import type { PartSpec } from './part.ts';

const program = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What a visitor of the chat page may try first, in English and in German; what the kinds propose comes after the first. */
const HINTS = [
  'topics|themen',
  'subscribe builds|abonniere builds',
  'remind me in 2 minutes to stretch|erinnere mich in 2 Minuten ans Strecken',
  'status|status',
  'console|konsole',
];

/** What the parts need to know of the stack that they belong to. */
export interface StackPlan {
  readonly ports: StackPorts;
  readonly addresses: Addresses;
  readonly dataDir: string;
  /** Environment of the parts that are not the app. */
  readonly environment: Readonly<Record<string, string>>;
  readonly verbose: boolean;
}

export async function tablesPart({ ports, dataDir, environment }: StackPlan): Promise<PartSpec> {
  return {
    name: 'tables',
    title: 'tables',
    args: azuriteTablesArgs(ports.tables, await folder(dataDir, 'tables')),
    env: environment,
    ready: { port: ports.tables },
  };
}

/** For Core Tools, which keep the schedules and locks of timers in blobs. */
export async function blobsPart({ dataDir, environment }: StackPlan, port: number): Promise<PartSpec> {
  return {
    name: 'blobs',
    title: 'blobs',
    args: azuriteBlobsArgs(port, await folder(dataDir, 'blobs')),
    env: environment,
    ready: { port },
  };
}

export async function brokerPart(
  { ports, dataDir, environment }: StackPlan,
  { serviceBus = 'Standard' }: { readonly serviceBus?: ServiceBusTier },
): Promise<PartSpec> {
  const data = await folder(dataDir, 'broker');
  const config = join(dataDir, 'queues.json');
  const inTier = queues.map((queue) => ({ ...queue, ...propertiesIn(serviceBus, queue) }));
  await writeFile(config, `${JSON.stringify(emulatorConfiguration(inTier), null, 2)}\n`);
  return {
    name: 'broker',
    title: 'broker',
    args: [
      program('servicebus-local/main.ts'),
      '--port',
      String(ports.broker),
      '--config',
      config,
      '--data',
      data,
      ...(ports.brokerControl === undefined ? [] : ['--http-port', String(ports.brokerControl)]),
    ],
    env: environment,
    ready: 'line',
  };
}

/** `webchat` is the file of Microsoft's Web Chat; without it the channel serves no page that chats. */
export async function channelPart(
  { ports, addresses, dataDir, environment }: StackPlan,
  {
    webchat,
    channelArgs = [],
    hints = [],
  }: {
    readonly webchat?: string;
    readonly channelArgs?: readonly string[];
    readonly hints?: readonly string[];
  },
): Promise<PartSpec> {
  return {
    name: 'channel',
    title: 'channel',
    args: [
      program('teams-channel-local/main.ts'),
      '--port',
      String(ports.channel),
      '--bot-url',
      addresses.botEndpoint,
      ...['--bot-name', 'Notifier'],
      ...['help|hilfe', ...hints, ...HINTS].flatMap((hint) => ['--hint', hint]),
      ...['--link', `Console=${addresses.functions}/api/console`],
      '--data',
      await folder(dataDir, 'channel'),
      ...(webchat === undefined ? [] : ['--webchat', webchat]),
      ...channelArgs,
    ],
    env: environment,
    ready: 'line',
  };
}

export async function functionsPart(
  { ports, dataDir, verbose }: StackPlan,
  app: {
    readonly dir: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly inspect: boolean;
  },
): Promise<PartSpec> {
  return {
    name: 'functions',
    title: 'functions host',
    nodeFlags: app.inspect ? ['--inspect=127.0.0.1:9229'] : [],
    args: [
      program('functions-local/main.ts'),
      '--app',
      app.dir,
      '--port',
      String(ports.functions),
      '--data',
      await folder(dataDir, 'functions'),
      '--exit-with-parent',
      // Only on loopback may the app run without asking anybody who they are.
      ...['--host-setting', 'NOTIFIER_LISTENS_ON'],
      ...(verbose ? ['--verbose'] : []),
    ],
    env: app.environment,
    // It has an order of its own for its shutdown, which a second word would cut short.
    endsWithParent: true,
    ready: 'line',
  };
}

async function folder(dataDir: string, name: string): Promise<string> {
  const path = join(dataDir, name);
  await mkdir(path, { recursive: true });
  return path;
}
