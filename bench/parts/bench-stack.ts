import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { BrokerControl } from '../../dev/chaos/rig/broker-control.ts';
import { readStats } from '../../dev/simulate/local/channel.ts';
import { serviceBusConnectionString } from '../../dev/stack/addresses.ts';
import { untilHealthy } from '../../dev/stack/health.ts';
import type { PartListener } from '../../dev/stack/part.ts';
import { withFreePorts } from '../../dev/stack/ports.mjs';
import { startStack } from '../../dev/stack/stack.ts';
import { connectQueues } from '../../shared/adapters/service-bus/connect.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { Bench } from '../measurement.ts';
import { probeEnvironment, SMALLEST_INSTANCE, type Usage, usageOf } from '../probe/probed.ts';
import type { FilledTopic } from '../table-service/fill.ts';
import { startTables, type TablesPart } from '../table-service/part.ts';
import { type CountingWire, startCountingWire } from './counting-wire.ts';
import { CROWD } from './publish.ts';
import { storesAt } from './stores.ts';

const BETWEEN_LOOKS_MS = 50;
const queuesSchema = z.record(z.string(), z.looseObject({ active: z.number(), scheduled: z.number() }));

/** The whole product with people in it, and what is needed to look into its functions process. */
export interface BenchStack extends AsyncDisposable {
  readonly stores: Awaited<ReturnType<typeof storesAt>>;
  readonly queues: Awaited<ReturnType<typeof connectQueues>>;
  readonly tables: TablesPart;
  /** Between the functions process and the broker. */
  readonly wire: Pick<CountingWire, 'counts' | 'reset'>;
  /** Connection string of the broker. */
  readonly serviceBus: string;
  readonly functions: string;
  /** What the functions process has used; `collect` clears its garbage first. */
  usage(what?: 'usage' | 'collect' | 'reset-peak'): Promise<Usage>;
  /** Messages that people were shown since the start. */
  shown(): Promise<number>;
  /** Resolves when so many messages were shown since the start. */
  untilShown(count: number, timeoutMs: number): Promise<void>;
  /** Messages on one queue that are still to be handled, now or later. */
  waiting(queue: string): Promise<number>;
  /** Resolves when so many of them are on the queue. */
  untilWaiting(queue: string, count: number, timeoutMs: number): Promise<void>;
  /** Resolves when no message waits on any queue. */
  untilIdle(timeoutMs: number): Promise<void>;
}

export interface BenchStackOptions {
  readonly people: number;
  readonly topics?: readonly FilledTopic[];
  readonly requestsPerSecond: number;
  /** Whether the channel refuses what comes faster than its limits; default false. */
  readonly enforced?: boolean;
  /** Whether what passes between the functions process and the broker is counted on its way; default true. */
  readonly counted?: boolean;
  /** Whether the functions process has the memory of the smallest instance; default false. */
  readonly smallest?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Told of every line that the functions host prints, its runs among them. */
  readonly onHostLine?: (line: string) => void;
}

/**
 * Starts functions host, broker, channel and tables, each as a process of its own, with `people` who installed the bot.
 * The tables are those in memory: they speak the same protocol, and hold many people without slowing down.
 */
export async function startBenchStack(
  { appDir, folder, profile, signal }: Bench,
  options: BenchStackOptions,
): Promise<BenchStack> {
  const { people, topics = [], requestsPerSecond, counted = true } = options;
  const probeFile = join(folder, `probe-${crypto.randomUUID()}`);
  const tables = await startTables();
  const { broker } = await withFreePorts({ functions: 0, broker: 0, tables: 0, channel: 0 });
  const wire = await startCountingWire(broker);
  const undo: (() => Promise<unknown>)[] = [() => tables.stop(), () => wire.stop()];
  const dispose = async (): Promise<void> => {
    for (const each of undo.reverse()) await each();
  };
  try {
    const stack = await startStack({
      appDir,
      signal,
      ...(options.onHostLine === undefined
        ? {}
        : { verbose: true, listener: listenerOf(options.onHostLine) }),
      brokerControl: true,
      tablesFor: async () => tables.origin,
      ports: { broker },
      channelArgs: options.enforced ? ['--requests-per-second', String(requestsPerSecond)] : ['--no-limits'],
      env: {
        NOTIFIER_REQUESTS_PER_SECOND: String(requestsPerSecond),
        // What is measured are single messages: nobody's are put together.
        NOTIFIER_BURST: '100000/1s',
        ...(options.enforced ? {} : { NOTIFIER_THREAD_LIMITS: '100000/1s' }),
        ServiceBusConnection: serviceBusConnectionString(counted ? wire.port : broker),
        TablesConnection: tables.unsignedConnection,
        ...probeEnvironment(probeFile, { profile, flags: options.smallest ? SMALLEST_INSTANCE : [] }),
        ...options.env,
      },
    });
    undo.push(() => stack.stop());
    const { channel, brokerControl, serviceBus, functions } = stack.addresses;
    if (channel === undefined || brokerControl === undefined) throw new Error('a part is missing');
    await untilWell(functions, signal);
    const serviceUrl = await crowdOf(channel, people);
    await tables.fillPeople({ count: people, prefix: CROWD, serviceUrl, topics });

    const stores = await storesAt(tables.connectionString, requestsPerSecond);
    const queues = await connectQueues({ kind: 'connectionString', value: serviceBus }, systemClock);
    undo.push(() => queues.close());
    const control = new BrokerControl(brokerControl);
    const until = (what: string, timeoutMs: number, holds: () => Promise<boolean>): Promise<void> =>
      untilHolds({ what, timeoutMs, signal }, holds);
    const waiting = (queue: string): Promise<number> => waitingOn(brokerControl, queue);
    const shown = async (): Promise<number> => (await readStats(channel)).shown;
    return {
      stores,
      queues,
      tables,
      wire,
      serviceBus,
      functions,
      usage: (what) => usageOf(probeFile, what),
      shown,
      untilShown: (count, timeoutMs) =>
        until(`${count} messages are shown`, timeoutMs, async () => (await shown()) >= count),
      waiting,
      untilWaiting: (queue, count, timeoutMs) =>
        until(`${count} messages are on ${queue}`, timeoutMs, async () => (await waiting(queue)) >= count),
      untilIdle: (timeoutMs) =>
        until('the queues are empty', timeoutMs, async () => (await control.waiting()) === 0),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function untilWell(functions: string, signal: AbortSignal): Promise<void> {
  const complaint = await untilHealthy(functions, signal);
  if (complaint !== undefined) throw new Error(`the app of the stack is not well: ${complaint}`);
}

/** Rejects after `timeoutMs`, or when it is broken off. */
async function untilHolds(
  how: { readonly what: string; readonly timeoutMs: number; readonly signal: AbortSignal },
  holds: () => Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + how.timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline)
      throw new Error(`after ${how.timeoutMs} ms still waiting until ${how.what}`);
    await wait(BETWEEN_LOOKS_MS, undefined, { signal: how.signal });
  }
}

async function waitingOn(brokerControl: string, queue: string): Promise<number> {
  const answer = await fetch(`${brokerControl}/queues`);
  const { active = 0, scheduled = 0 } = queuesSchema.parse(await answer.json())[queue] ?? {};
  return active + scheduled;
}

/** Has the channel make so many people, and gives the address by which it is reached for them. */
async function crowdOf(channel: string, count: number): Promise<string> {
  const crowd = await fetch(`${channel}/load/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count, prefix: CROWD }),
  });
  const [first = '{}'] = (await crowd.text()).split('\n');
  // The channel writes it.
  return (JSON.parse(first) as { readonly serviceUrl: string }).serviceUrl;
}

function listenerOf(onHostLine: (line: string) => void): Partial<PartListener> {
  return {
    onLine({ part, line }) {
      if (part === 'functions') onHostLine(line);
    },
  };
}
