import { operationsOf } from '../../dev/tables/counts.ts';
import { costOfMonth, INSTANCE_GB, monthOf, type Usage } from '../cost/month.ts';
import { readPrices } from '../cost/prices.ts';
import { upkeepOf } from '../cost/upkeep.ts';
import { type Figure, figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { type BenchStack, startBenchStack } from '../parts/bench-stack.ts';
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
};

/** What is left where messages travel together without end: the broker's base price, an instance, the tables. */
const least: Usage = { ...alone, executions: 0, queueOperations: 0 };

export const cost: Measurement = {
  name: 'cost',
  about:
    'a million messages at nine million a month, from counted operations at list prices, upkeep included',
  async run(bench) {
    const people = bench.quick ? 75 : 1500;
    await using stack = await startBenchStack(bench, {
      people,
      requestsPerSecond: REQUESTS_PER_SECOND,
      enforced: true,
    });
    // The first ones load the code and make what is kept.
    for (let person = 0; person < 3; person += 1) await single(stack, person);
    await upkeepOf(stack, 3);
    const broadcast = await counted(stack, people, async () => {
      await publish(stack.queues.events, { everyone: true });
    });
    const singles = bench.quick ? 3 : 60;
    const trickle = await counted(stack, singles, async () => {
      for (let person = 0; person < singles; person += 1) await single(stack, person);
    });
    const prices = readPrices();
    const perMillion = (each: Usage) => costOfMonth(monthOf(MONTHLY, each), prices) / MILLIONS;
    const floor = perMillion(least);
    const floorIs = `base price of the broker, an instance, 3 table operations; prices of ${prices.date}`;
    const dollars = (name: string, value: number) =>
      figure(`cost.${name}.per-million`, 'USD', { value, floor, floorIs });
    return [
      ...usageOf('broadcast', broadcast),
      // One event at a time keeps an instance of each of the two functions busy.
      ...usageOf('trickle', { ...trickle, gbSeconds: 2 * INSTANCE_GB }),
      dollars('broadcast', perMillion(broadcast)),
      dollars('trickle', perMillion({ ...trickle, gbSeconds: 2 * INSTANCE_GB })),
      dollars('best-published', BEST_PUBLISHED),
    ];
  },
};

async function single(stack: BenchStack, person: number): Promise<void> {
  const shown = await stack.shown();
  await publish(stack.queues.events, { conversation: conversationOf(person) });
  await stack.untilShown(shown + 1, LONGEST_MS);
  await stack.untilIdle(LONGEST_MS);
}

/** What `work`, which tells `messages` people, uses for each of them. */
async function counted(stack: BenchStack, messages: number, work: () => Promise<void>): Promise<Usage> {
  const shown = await stack.shown();
  await stack.tables.resetCounts();
  stack.wire.reset();
  const startedAt = performance.now();
  await work();
  await stack.untilShown(shown + messages, LONGEST_MS);
  await stack.untilIdle(LONGEST_MS);
  const seconds = Math.ceil((performance.now() - startedAt) / 1000);
  const { sends, receipts, settlements } = stack.wire.counts();
  const operations = operationsOf(await stack.tables.counts());
  // What comes later is theirs, too. The runs of the heartbeat are counted with what runs anyway.
  const upkeep = await upkeepOf(stack, messages);
  return {
    // Each message that is received is one run of a function.
    executions: receipts / messages,
    gbSeconds: (seconds * INSTANCE_GB) / messages,
    queueOperations: (sends + receipts + settlements) / messages,
    tableTransactions: (operations + upkeep) / messages,
  };
}

function usageOf(name: string, each: Usage): readonly Figure[] {
  const floorIs = 'one run, read, claim and record';
  const line = (what: string, unit: string, key: keyof Usage) =>
    figure(`cost.${name}.${what}`, unit, { value: each[key], floor: alone[key], floorIs });
  return [
    line('executions', 'each', 'executions'),
    line('gb-seconds', 'GB-s each', 'gbSeconds'),
    line('queue-operations', 'each', 'queueOperations'),
    line('table-transactions', 'each', 'tableTransactions'),
  ];
}
