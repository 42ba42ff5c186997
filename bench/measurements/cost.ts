import { operationsOf } from '../../dev/tables/counts.ts';
import {
  billOf,
  INSTANCE_GB,
  monthOf,
  ROW_BYTES,
  recordedShare,
  SECONDS_OF_MONTH,
  standing,
  type Terms,
  type Usage,
} from '../cost/month.ts';
import { readPrices } from '../cost/prices.ts';
import { storedBytes } from '../cost/stored.ts';
import { upkeepOf } from '../cost/upkeep.ts';
import { type Figure, figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { type BenchStack, startBenchStack } from '../parts/bench-stack.ts';
import { HostLines } from '../parts/host-lines.ts';
import { conversationOf, publish } from '../parts/publish.ts';

const REQUESTS_PER_SECOND = 50;
const MONTHLY = 9_000_000;
const MILLIONS = MONTHLY / 1_000_000;
const LONGEST_MS = 120_000;
/** For a million at nine million a month; the best that anybody published. */
const BEST_PUBLISHED = 2.63;

/** A message that has a run of its own, its receipt and completion; read, claim, record. */
const alone: Usage = {
  executions: 1,
  gbSeconds: INSTANCE_GB / REQUESTS_PER_SECOND,
  queueOperations: 2,
  tableTransactions: 3,
  storedBytes: 0,
  logBytes: 0,
};

/** What is left where messages travel together without end: the broker's base price, an instance, the tables. */
const least: Usage = { ...alone, executions: 0, queueOperations: 0 } as const;

export const cost: Measurement = {
  name: 'cost',
  about:
    'a million messages at nine million a month: runs, compute, queues, tables, logs and alerts at list prices, upkeep included',
  async run(bench) {
    const people = bench.quick ? 75 : 1500;
    const lines = new HostLines();
    await using stack = await startBenchStack(bench, {
      people,
      requestsPerSecond: REQUESTS_PER_SECOND,
      enforced: true,
      onHostLine: (line) => lines.add(line),
    });
    // The first ones load the code and make what is kept.
    for (let person = 0; person < 3; person += 1) await single(stack, person);
    await upkeepOf(stack, 3);
    const broadcast = await counted({ stack, lines }, whole(people), async () => {
      await publish(stack.queues.events, { everyone: true });
    });
    const singles = bench.quick ? 3 : 60;
    const trickle = await counted({ stack, lines }, evenly(singles), async () => {
      for (let person = 0; person < singles; person += 1) await single(stack, person);
    });
    const prices = readPrices();
    const bill = (usage: Usage, terms: Partial<Terms> = {}) =>
      billOf(usage, prices, { free: false, serviceBus: 'Standard', ...terms });
    const basic = { serviceBus: 'Basic' } as const;
    const million = (name: string, value: number, terms: Partial<Terms> = {}) => {
      const floor = bill(monthOf(MONTHLY, least), terms);
      return figure(`cost.${name}.per-million`, 'USD', {
        value,
        floor: (floor.queues + floor.compute + floor.tables) / MILLIONS,
        floorIs: `base price of the broker, an instance, 3 table operations; prices of ${prices.date}`,
      });
    };
    const billed = ([name, each]: readonly [string, Usage]) => {
      const month = monthOf(MONTHLY, each);
      const whole = bill(month);
      return [
        ...usageOf(name, each),
        million(name, whole.sum / MILLIONS),
        million(`${name}.with-free-amounts`, bill(month, { free: true }).sum / MILLIONS),
        million(`${name}.basic`, bill(month, basic).sum / MILLIONS, basic),
        ...(['executions', 'compute', 'queues', 'tables', 'host', 'logs', 'alerts'] as const).map((part) =>
          million(`${name}.${part}`, whole[part] / MILLIONS),
        ),
        million(`${name}.basic.queues`, bill(month, basic).queues / MILLIONS, basic),
      ];
    };
    const idle = (name: string, terms: Partial<Terms>) => {
      const floor = bill(standing, terms);
      return figure(`cost.${name}`, 'USD', {
        value: floor.sum,
        floor: floor.queues + floor.compute,
        floorIs: 'the base price of the broker, and two timers a minute of a second each',
      });
    };
    return [
      // One event at a time keeps an instance of each of the two functions busy.
      ...billed(['broadcast', broadcast]),
      ...billed(['trickle', { ...trickle, gbSeconds: 2 * INSTANCE_GB }]),
      idle('idle-month', {}),
      idle('idle-month.basic', basic),
      idle('idle-month.with-free-amounts', { free: true }),
      million('best-published', BEST_PUBLISHED),
    ];
  },
};

async function single(stack: BenchStack, person: number): Promise<void> {
  const shown = await stack.shown();
  await publish(stack.queues.events, { conversation: conversationOf(person) });
  await stack.untilShown(shown + 1, LONGEST_MS);
  await stack.untilIdle(LONGEST_MS);
}

/** How many are told, and how many a second and for how long where it is done in earnest. */
interface Extent {
  readonly messages: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** A broadcast to 10,000. */
const whole = (messages: number): Extent => ({
  messages,
  perSecond: REQUESTS_PER_SECOND,
  seconds: 10_000 / REQUESTS_PER_SECOND,
});

const evenly = (messages: number): Extent => ({
  messages,
  perSecond: MONTHLY / SECONDS_OF_MONTH,
  seconds: SECONDS_OF_MONTH,
});

/** What `work` uses for each of those whom it tells. */
async function counted(
  { stack, lines }: { readonly stack: BenchStack; readonly lines: HostLines },
  { messages, perSecond, seconds: lasts }: Extent,
  work: () => Promise<void>,
): Promise<Usage> {
  const shown = await stack.shown();
  const stored = await storedBytes(stack.tables.connectionString);
  await stack.tables.resetCounts();
  stack.wire.reset();
  lines.reset();
  await work();
  await stack.untilShown(shown + messages, LONGEST_MS);
  await stack.untilIdle(LONGEST_MS);
  const { sends, receipts, settlements } = stack.wire.counts();
  const operations = operationsOf(await stack.tables.counts());
  const { executions, seconds, lineBytes } = lines.counts();
  const recorded = executions.map((runs) => runs * recordedShare((runs / messages) * perSecond, lasts));
  const left = (await storedBytes(stack.tables.connectionString)) - stored;
  // What comes later is theirs, too. The runs of the heartbeat are counted with what runs anyway.
  const upkeep = await upkeepOf(stack, messages);
  return {
    executions: sumOf(executions) / messages,
    gbSeconds: (seconds * INSTANCE_GB) / messages,
    queueOperations: (sends + receipts + settlements) / messages,
    tableTransactions: (operations + upkeep) / messages,
    storedBytes: left / messages,
    logBytes: (lineBytes + sumOf(recorded) * ROW_BYTES.run) / messages,
  };
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);

function usageOf(name: string, each: Usage): readonly Figure[] {
  const floorIs = 'one run, read, claim and record';
  const line = (what: string, unit: string, key: keyof Usage) =>
    figure(`cost.${name}.${what}`, unit, { value: each[key], floor: alone[key], floorIs });
  return [
    line('executions', 'each', 'executions'),
    line('gb-seconds', 'GB-s each', 'gbSeconds'),
    line('queue-operations', 'each', 'queueOperations'),
    line('table-transactions', 'each', 'tableTransactions'),
    line('stored-bytes', 'bytes each', 'storedBytes'),
    line('log-bytes', 'bytes each', 'logBytes'),
  ];
}
