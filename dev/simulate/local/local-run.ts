import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectQueues } from '../../../shared/adapters/service-bus/connect.ts';
import { connectTables } from '../../../shared/adapters/table/connect.ts';
import type { ConversationKey } from '../../../shared/domain/ids.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import type { EventQueue } from '../../../shared/ports/queues.ts';
import {
  type ReportNotification,
  reportNotification,
} from '../../../shared/use-cases/upkeep/report-notification.ts';
import { build } from '../../build.ts';
import { silentLog } from '../../silent-log.ts';
import { untilHealthy } from '../../stack/health.ts';
import { startStack } from '../../stack/stack.ts';
import type { Latency } from '../../teams-channel-local/limits/latency.ts';
import type { Waits } from '../waits.ts';
import { broadcast } from './broadcast.ts';
import { readShown, readStats } from './channel.ts';
import { startMoreHosts } from './more-hosts.ts';
import { type LocalNoisyRun, noise } from './noise.ts';
import { seed } from './seed.ts';

export interface LocalRunOptions {
  readonly recipients: number;
  readonly requestsPerSecond: number;
  /** `7/1s,8/2s`, for the app and the channel alike. */
  readonly threadLimits: string;
  /** Functions hosts over one broker and one set of tables. */
  readonly instances: number;
  /** Milliseconds between single notifications while the broadcast runs; 0 sends none. */
  readonly singleEvery: number;
  /** The longest that the broadcast may take, in milliseconds. */
  readonly timeout: number;
  /** Of one way between app and channel; absent: none beyond the machine's own. */
  readonly latency?: Latency | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** What was measured. Counts are of messages and requests, times in milliseconds. */
export interface LocalRun {
  readonly recipients: number;
  readonly requestsPerSecond: number;
  readonly instances: number;
  /** Whether everybody had an outcome before the time was over. */
  readonly complete: boolean;
  readonly outcomes: { readonly [outcome: string]: number };
  /** From publishing to the last outcome of the broadcast. */
  readonly took: number;
  /** From the first to the last recipient of the broadcast. */
  readonly sending: number;
  /** Messages shown between those two, as a share of what the channel accepts in that time. */
  readonly shareOfRate: number;
  /** Requests that the channel refused with 429. None is planted, so all are of our own making. */
  readonly throttled: number;
  /** Requests beyond a limit, as the channel counts them. */
  readonly breaches: number;
  /** Messages that somebody was shown more than once, and people who were shown no broadcast. */
  readonly repeated: number;
  readonly lost: number;
  /** From publishing a single notification to its outcome. */
  readonly singles: Waits;
}

/**
 * Starts a stack of its own on free ports, with the channel's limits in force, makes people there, publishes one
 * notification to everyone and single ones meanwhile, and measures. Leaves nothing behind.
 */
export function runLocally(options: LocalRunOptions): Promise<LocalRun> {
  return onStack(options, async ({ people, events, report, channel }) => {
    const { recipients, requestsPerSecond } = options;
    const sent = await broadcast({
      ...options,
      people,
      events,
      report,
      shown: async () => (await readStats(channel)).shown,
    });
    const [stats, shown] = await Promise.all([readStats(channel), readShown(channel)]);
    const seen = shown.filter(({ texts }) => Object.keys(texts).includes(sent.text));
    return {
      recipients,
      requestsPerSecond,
      instances: options.instances,
      ...sent.measured,
      throttled: stats.statuses['429'] ?? 0,
      breaches: stats.breaches.total,
      repeated: shown.flatMap(({ texts }) => Object.values(texts)).reduce((sum, times) => sum + times - 1, 0),
      lost: recipients - seen.length,
    };
  });
}

/** The same for urgent messages to one person, all published at once, and single ones to others before and meanwhile. */
export function runNoisyLocally(
  options: LocalRunOptions & { readonly noisy: number },
): Promise<LocalNoisyRun> {
  return onStack(options, async ({ people, events, report, channel }) => {
    const measured = await noise({ ...options, people, events, report });
    const [stats, shown] = await Promise.all([readStats(channel), readShown(channel)]);
    return {
      noisy: options.noisy,
      instances: options.instances,
      ...measured,
      throttled: stats.statuses['429'] ?? 0,
      repeated: shown.flatMap(({ texts }) => Object.values(texts)).reduce((sum, times) => sum + times - 1, 0),
    };
  });
}

/** What is measured on a stack that runs. */
interface OnStack {
  readonly people: readonly ConversationKey[];
  readonly events: EventQueue;
  readonly report: ReportNotification;
  readonly channel: string;
}

async function onStack<Result>(
  options: LocalRunOptions,
  measure: (stack: OnStack) => Promise<Result>,
): Promise<Result> {
  const { recipients, requestsPerSecond, signal, onProgress } = options;
  const folder = await mkdtemp(join(tmpdir(), 'notifier-simulate-'));
  try {
    onProgress('building the app and starting a stack');
    const { outDir: appDir } = await build({ outDir: join(folder, 'app') });
    const env = {
      NOTIFIER_REQUESTS_PER_SECOND: String(requestsPerSecond),
      NOTIFIER_THREAD_LIMITS: options.threadLimits,
      // What is measured is the pace: nobody's messages are put together.
      NOTIFIER_BURST: '100000/1s',
    };
    await using stack = disposable(
      await startStack({
        appDir,
        dataDir: folder,
        signal,
        channelArgs: [
          '--requests-per-second',
          String(requestsPerSecond),
          '--thread-limits',
          options.threadLimits,
          ...(await latencyArgs(options.latency, folder)),
        ],
        env,
      }),
    );
    const { addresses } = stack;
    await using _more = disposable(
      await startMoreHosts(stack, { count: options.instances - 1, appDir, dataDir: folder, env }),
    );
    const { channel } = addresses;
    if (channel === undefined) throw new Error('a stack with a chat has a channel');
    const complaint = await untilHealthy(addresses.functions, signal);
    signal.throwIfAborted();
    if (complaint !== undefined) throw new Error(`the app of the stack is not well: ${complaint}`);

    const clock = { now: () => Date.now() };
    const stores = await connectTables(
      { kind: 'connectionString', value: addresses.tables },
      { clock, log: silentLog, requestsPerSecond, tableNames },
    );
    const people = await seed(stores, channel, {
      count: recipients,
      signal,
      onProgress: (done) => onProgress(`${done} of ${recipients} people made`),
    });
    const queues = await connectQueues({ kind: 'connectionString', value: addresses.serviceBus }, clock);
    try {
      return await measure({ people, events: queues.events, report: reportNotification(stores), channel });
    } finally {
      await queues.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What tells the channel how far away it is. */
async function latencyArgs(latency: Latency | undefined, folder: string): Promise<readonly string[]> {
  if (latency === undefined) return [];
  if (!('times' in latency)) return ['--latency', String(latency.least), '--jitter', String(latency.jitter)];
  const file = join(folder, 'latency-times');
  await writeFile(file, latency.times.join('\n'));
  return ['--latency-times', file];
}

/** The stack stops before its folder goes, whatever happens. */
function disposable<T extends { stop(): Promise<void> }>(stack: T): T & AsyncDisposable {
  return Object.assign(stack, { [Symbol.asyncDispose]: () => stack.stop() });
}
