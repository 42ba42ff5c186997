import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopBundler } from 'esbuild';
import { connectTables } from '../../../shared/adapters/table/connect.ts';
import { defined } from '../../../shared/domain/defined.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { build } from '../../build.ts';
import { silentLog } from '../../silent-log.ts';
import { serviceBusConnectionString } from '../../stack/addresses.ts';
import { appSettings, stackSettings } from '../../stack/app-settings.ts';
import type { PartListener } from '../../stack/part.ts';
import { withFreePorts } from '../../stack/ports.mjs';
import { type Stack, startStack } from '../../stack/stack.ts';
import { tablesConnectionString } from '../../tables/azurite.ts';
import { startTableProxy, type TableProxy } from '../../tables/proxy.ts';
import { type AmqpWire, startAmqpWire } from './amqp-wire.ts';
import { BrokerControl } from './broker-control.ts';
import { ChannelControl } from './channel-control.ts';
import { type Host, hostOfStack, startSecondHost } from './hosts.ts';
import { Journal } from './journal.ts';
import { Publisher } from './publisher.ts';

/** How long the app waits for the channel, and how long its claims hold, in milliseconds. */
export const SEND_TIMEOUT_MS = 2000;
export const CLAIM_LEASE_MS = 6000;

/**
 * Settings under which faults show within seconds. The limits on rate are out of the way: what is tested here is what
 * becomes of a delivery, not how fast it goes.
 */
const SETTINGS = {
  NOTIFIER_SEND_TIMEOUT: `${SEND_TIMEOUT_MS}ms`,
  NOTIFIER_CLAIM_LEASE: `${CLAIM_LEASE_MS}ms`,
  NOTIFIER_REQUESTS_PER_SECOND: '1000',
  NOTIFIER_THREAD_LIMITS: '100000/1s',
  NOTIFIER_BURST: '100000/1s',
};

export interface RigOptions {
  /** A built app; default: the sources as they are, built for this run. */
  readonly appDir?: string;
  /** Instances of the app, default 1. */
  readonly hosts?: 1 | 2;
  /** Limits on one conversation; default: none that anything meets. */
  readonly threadLimits?: string;
  /** What the second instance runs; default: the same app. */
  readonly secondAppDir?: string;
}

/** The stores of the app, connected to the tables themselves, past every injected fault. */
export type Stores = Awaited<ReturnType<typeof connectTables>>;

/** The whole local stack with something at every wire that can break it. */
export interface Rig {
  /** Those that are not stopped for good. */
  readonly hosts: readonly Host[];
  /** Between the app and its tables. */
  readonly tables: TableProxy;
  /** Between the app and its broker. */
  readonly amqp: AmqpWire;
  readonly broker: BrokerControl;
  readonly channel: ChannelControl;
  readonly publisher: Publisher;
  /** Connection string of the broker, past the wire that can be cut. */
  readonly serviceBus: string;
  readonly stores: Stores;
  readonly journal: Journal;
  /** Ends the second instance for good, as a deployment does, and hands what it held to the first. */
  stopSecond(): Promise<void>;
  /** Kills these instances (default: all) and hands what they held to the next, at once. */
  kill(why: string, hosts?: readonly Host[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the stack on free ports, in a folder of its own. Throws, with nothing left running, when a part does not start. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'notifier-chaos-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    return await start(options, folder, undo);
  } catch (error) {
    await inReverse(undo);
    throw error;
  }
}

async function start(options: RigOptions, folder: string, undo: (() => Promise<unknown>)[]): Promise<Rig> {
  const appDir = options.appDir ?? join(folder, 'app');
  if (options.appDir === undefined) {
    await build({ outDir: appDir });
    await stopBundler();
  }
  const journal = new Journal();
  const ports = await withFreePorts({ functions: 0, broker: 0, tables: 0, channel: 0 });
  const amqp = await startAmqpWire(ports.broker);
  undo.push(() => amqp.stop());

  const env = {
    ...SETTINGS,
    ...defined({ NOTIFIER_THREAD_LIMITS: options.threadLimits }),
    ServiceBusConnection: serviceBusConnectionString(amqp.port),
  };
  let proxy: TableProxy | undefined;
  const stack = await startStack({
    ports,
    dataDir: join(folder, 'data'),
    appDir,
    brokerControl: true,
    channelArgs: ['--no-limits'],
    env,
    tablesFor: async (upstream) => {
      proxy = await startTableProxy({ upstream });
      undo.push(() => proxy?.stop() ?? Promise.resolve());
      return proxy.url;
    },
    listener: listenerOf(journal, 'host 1'),
  });
  undo.push(() => stack.stop());
  if (proxy === undefined) throw new Error('The stack started without asking for the address of its tables.');
  const tables = proxy;

  const hosts: Host[] = [hostOfStack(stack)];
  let second: Awaited<ReturnType<typeof startSecondHost>> | undefined;
  if (options.hosts === 2) {
    second = await startSecondHost({
      addresses: stack.addresses,
      dataDir: folder,
      appDir: options.secondAppDir ?? appDir,
      environment: environmentOf(stack, tables, env),
      listener: listenerOf(journal, 'host 2'),
    });
    undo.push(() => second?.stop() ?? Promise.resolve());
    hosts.push(second);
  }

  const broker = new BrokerControl(required(stack.addresses.brokerControl, 'broker control'));
  const channel = new ChannelControl(required(stack.addresses.channel, 'channel'));
  const publisher = new Publisher({ serviceBus: stack.addresses.serviceBus, hosts });
  undo.push(() => publisher.close());
  const stores = await connectTables(
    { kind: 'connectionString', value: stack.addresses.tables },
    { clock: { now: Date.now }, log: silentLog, requestsPerSecond: 1000, tableNames },
  );

  return {
    hosts,
    tables,
    amqp,
    broker,
    channel,
    publisher,
    serviceBus: stack.addresses.serviceBus,
    stores,
    journal,
    async kill(why, victims = hosts) {
      journal.add('chaos', `SIGKILL to ${victims.map(({ name }) => name).join(' and ')}: ${why}`);
      await Promise.all(victims.map((host) => host.kill()));
      // A dead receiver's locks go on for a minute; their end is what everybody waits for.
      await broker.expireLocks();
    },
    async stopSecond() {
      journal.add('chaos', 'host 2 is stopped');
      await second?.stop();
      hosts.splice(1);
      // A receiver that is gone keeps its locks for a minute; their end is what everybody waits for.
      await broker.expireLocks();
    },
    stop: () => inReverse(undo),
  };
}

function listenerOf(journal: Journal, host: string): PartListener {
  return {
    onLine: ({ part, line }) => journal.add(part === 'functions' ? host : part, line),
    onNotice: (text) => journal.add('stack', text),
  };
}

function environmentOf(
  stack: Stack,
  tables: TableProxy,
  explicit: Record<string, string>,
): Readonly<Record<string, string>> {
  return appSettings({
    file: {},
    inherited: process.env,
    stack: stackSettings({
      serviceBus: stack.addresses.serviceBus,
      tables: tablesConnectionString(tables.url),
    }),
    explicit,
  }).environment;
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The stack started without its ${what}.`);
  return value;
}

async function inReverse(steps: (() => Promise<unknown>)[]): Promise<void> {
  for (const step of steps.splice(0).reverse()) await step();
}
