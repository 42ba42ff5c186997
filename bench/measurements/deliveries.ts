import { operationsOf, type TableCounts } from '../../dev/tables/counts.ts';
import { type Figure, figure } from '../figures/figure.ts';
import { median } from '../figures/median.ts';
import type { Measurement } from '../measurement.ts';
import { type BenchStack, startBenchStack } from '../parts/bench-stack.ts';
import { startConnector } from '../parts/connector.ts';
import { keepAliveSends, stockSends } from '../parts/sends.ts';
import { cpuOfEach } from '../parts/slices.ts';
import { tellEveryone } from '../parts/tell-everyone.ts';

const SECOND = 1_000_000;
/** Below what a slow machine delivers, so that calls are handled in time and not sent away. */
const REQUESTS_PER_SECOND = 400;
const LONGEST_SLICE_MS = 120_000;
const WARM_UP = 2;
const AT_ONCE = 16;

/** What a delivery needs of any design that forgets nobody and tells nobody twice: read, claim, record. */
const LEAST_TABLE_OPERATIONS = 3;

export const deliveries: Measurement = {
  name: 'deliveries',
  about: 'broadcasts over the whole stack: deliveries per CPU-second, table operations',
  async run(bench) {
    const [slices, people] = bench.quick ? [3, 100] : [10, 500];
    const connector = await startConnector();
    const floor = keepAliveSends(connector.serviceUrl);
    const stock = stockSends(connector.serviceUrl);
    try {
      await using stack = await startBenchStack(bench, { people, requestsPerSecond: REQUESTS_PER_SECOND });
      const costs = { delivery: [] as number[], floor: [] as number[], stock: [] as number[] };
      for (let slice = -WARM_UP; slice < slices; slice += 1) {
        bench.signal.throwIfAborted();
        if (slice === 0) await stack.tables.resetCounts();
        const cost = await broadcast(stack, people);
        const posts = { perSlice: people, atOnce: AT_ONCE };
        const [least, usual] = [await cpuOfEach(floor.once, posts), await cpuOfEach(stock.once, posts)];
        bench.onProgress(`${(slice + WARM_UP + 1) * people} of ${(slices + WARM_UP) * people} told`);
        if (slice < 0) continue;
        costs.delivery.push(cost);
        costs.floor.push(least);
        costs.stock.push(usual);
      }
      const operations = await stack.tables.counts();
      return [...perCpuSecond(costs), ...tableFigures(operations, slices * people)];
    } finally {
      await floor.close();
      await stock.close();
      await connector.stop();
    }
  },
};

/** Tells everyone, and gives the CPU time of the functions process for each of them. */
async function broadcast(stack: BenchStack, people: number): Promise<number> {
  const before = await stack.usage();
  await tellEveryone(stack, people, LONGEST_SLICE_MS);
  return ((await stack.usage()).cpu - before.cpu) / people;
}

function perCpuSecond(costs: {
  readonly delivery: number[];
  readonly floor: number[];
  readonly stock: number[];
}): readonly Figure[] {
  const floor = SECOND / median(costs.floor);
  const floorIs = 'the same JSON posted with a keep-alive agent';
  const rate = (name: string, values: readonly number[]) =>
    figure(name, '/CPU-s', { value: SECOND / median(values), floor, floorIs });
  return [
    rate('deliveries.whole', costs.delivery),
    rate('deliveries.stock-send-alone', costs.stock),
    figure('deliveries.cpu', 'us CPU', {
      value: median(costs.delivery),
      floor: median(costs.floor),
      floorIs,
    }),
  ];
}

function tableFigures(counts: TableCounts, told: number): readonly Figure[] {
  const { bytes } = counts;
  return [
    figure('deliveries.table-operations', 'each', {
      value: operationsOf(counts) / told,
      floor: LEAST_TABLE_OPERATIONS,
      floorIs: 'read, claim and record',
    }),
    figure('deliveries.table-bytes', 'each', {
      value: (bytes.sent + bytes.received) / told,
      floor: bytes.sent / told,
      floorIs: 'what was written of them',
    }),
  ];
}
