import { operationsOf } from '../../dev/tables/counts.ts';
import { MOST_CALLS } from '../../shared/domain/delivery/wake-up-call.ts';
import { type Figure, figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { createSender, type SenderOfBatches } from '../parts/bare-sender.ts';
import { type BenchStack, startBenchStack } from '../parts/bench-stack.ts';
import { publish } from '../parts/publish.ts';
import { UNPACED_PER_SECOND } from '../parts/unpaced.ts';

const MEGABYTE = 1024 * 1024;
/** As the walk sends them. */
const PAGE = 100;
const BARE_MESSAGES = 5000;
const LONGEST_MS = 180_000;

export const fanOut: Measurement = {
  name: 'fan-out',
  about: 'one event to very many: how fast they are enqueued, operations for each, peak memory',
  async run(bench) {
    const sizes = bench.quick ? [1000, 2000] : [1000, 10_000, 100_000];
    await using stack = await startBenchStack(bench, {
      people: sizes.at(-1) ?? 0,
      topics: sizes.map((below) => ({ topic: topicOf(below), from: 0, below })),
      // Beyond what one instance can enqueue: what is measured is how fast it walks, not the pace that it keeps.
      requestsPerSecond: UNPACED_PER_SECOND,
      smallest: true,
      env: { 'AzureWebJobs.deliveries.Disabled': 'true' },
    });
    const sender = await createSender(stack.serviceBus);
    try {
      // The first one loads the code.
      await walk(stack, sizes[0] ?? 0);
      const walks: Walked[] = [];
      for (const size of sizes) {
        const bare = await bareRate(sender);
        walks.push({ ...(await walk(stack, size)), size, bare });
        bench.onProgress(`${size} enqueued`);
      }
      const [least] = walks;
      return least === undefined ? [] : walks.flatMap((walked) => figuresOf(walked, least));
    } finally {
      await sender.close();
    }
  },
};

interface Walked {
  readonly size: number;
  readonly seconds: number;
  readonly tableOperations: number;
  readonly queueOperations: number;
  readonly peak: number;
  /** Messages a second of a bare sender, measured just before. */
  readonly bare: number;
}

function topicOf(size: number): string {
  return `size/${size}`;
}

/** The messages that the calls of so many travel in: at this rate as many in each as there may be. */
function messagesOf(size: number): number {
  return Math.floor(size / PAGE) * Math.ceil(PAGE / MOST_CALLS) + Math.ceil((size % PAGE) / MOST_CALLS);
}

/** Publishes to the topic of that size and waits until every call is on the queue. */
async function walk(stack: BenchStack, size: number): Promise<Omit<Walked, 'size' | 'bare'>> {
  const before = await stack.waiting('deliveries');
  await stack.tables.resetCounts();
  await stack.usage('collect');
  await stack.usage('reset-peak');
  stack.wire.reset();
  const startedAt = performance.now();
  await publish(stack.queues.events, { topic: topicOf(size) });
  await stack.untilWaiting('deliveries', before + messagesOf(size), LONGEST_MS);
  const seconds = (performance.now() - startedAt) / 1000;
  const [{ peak }, counts] = [await stack.usage(), await stack.tables.counts()];
  const { sends, receipts, settlements } = stack.wire.counts();
  return {
    seconds,
    peak,
    tableOperations: operationsOf(counts) / size,
    queueOperations: (sends + receipts + settlements) / size,
  };
}

/** Messages a second of a sender that does nothing else, page by page. */
async function bareRate(sender: SenderOfBatches): Promise<number> {
  const startedAt = performance.now();
  for (let sent = 0; sent < BARE_MESSAGES; sent += PAGE) await sender.sendPage(PAGE);
  return BARE_MESSAGES / ((performance.now() - startedAt) / 1000);
}

function figuresOf(walked: Walked, least: Walked): readonly Figure[] {
  const name = `fan-out.${walked.size}`;
  return [
    figure(`${name}.enqueued`, 's', {
      value: walked.seconds,
      floor: walked.size / walked.bare,
      floorIs: 'as many from a bare sender, in pages of 100',
    }),
    figure(`${name}.table-operations`, 'each', {
      value: walked.tableOperations,
      floor: 2 / PAGE,
      floorIs: 'a page of 100 read, and written',
    }),
    figure(`${name}.queue-operations`, 'each', {
      value: walked.queueOperations,
      floor: 1 / PAGE,
      floorIs: 'a page of 100 sent',
    }),
    figure(`${name}.peak-memory`, 'MB', {
      value: walked.peak / MEGABYTE,
      floor: least.peak / MEGABYTE,
      floorIs: `the peak with ${least.size}`,
    }),
  ];
}
