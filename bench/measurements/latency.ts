import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceBusClient } from '@azure/service-bus';
import { rankOf } from '../../dev/simulate/waits.ts';
import type { NotificationId } from '../../shared/domain/ids.ts';
import { queueNames } from '../../shared/manifest.ts';
import { reportNotification } from '../../shared/use-cases/upkeep/report-notification.ts';
import { type Figure, figure } from '../figures/figure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { type BenchStack, startBenchStack } from '../parts/bench-stack.ts';
import { startConnector } from '../parts/connector.ts';
import { conversationOf, publish } from '../parts/publish.ts';
import { keepAliveSends } from '../parts/sends.ts';

/** The published limit of Teams, which the channel enforces. */
const REQUESTS_PER_SECOND = 50;
/** Whoever asks what became of an event makes the tables work: first when most are told, then seldom. */
const BETWEEN_REPORTS_MS = 25;
/** Idle is who had nothing to do for a while. */
const BETWEEN_EVENTS_MS = 100;
const LONGEST_MS = 60_000;
const WARM_UP = 20;
/**
 * People who are told one at a time, then as many each with a topic of their own; the others are the broadcast's. So many
 * that nobody is told again before the limits of one conversation have room: seven messages in a second would be too many.
 */
const FEW = 100;
const EACH_BELOW = 2 * FEW;
/** A broadcast runs so long before singles are published beside it. */
const UNDER_WAY_MS = 2000;

export const latency: Measurement = {
  name: 'latency',
  about: 'from publishing an event to the message: when idle, and while a broadcast to 10,000 runs',
  async run(bench) {
    const plan = bench.quick
      ? { people: 10_000, idle: 8, loaded: 4, every: 100 }
      : { people: 10_000, idle: 300, loaded: 120, every: 300 };
    const topicOf = (index: number) => `of-${index % FEW}`;
    await using stack = await startBenchStack(bench, {
      people: plan.people,
      topics: [
        { topic: 'all', from: EACH_BELOW, below: plan.people },
        ...Array.from({ length: FEW }, (_topic, index) => ({
          topic: topicOf(index),
          from: FEW + index,
          below: FEW + index + 1,
        })),
      ],
      requestsPerSecond: REQUESTS_PER_SECOND,
      enforced: true,
      // The floor has no such wire on its way either.
      counted: false,
    });
    const one = (index: number) => timed(stack, bench, { conversation: conversationOf(index % FEW) });
    const byTopic = (index: number) => timed(stack, bench, { topic: topicOf(index) });
    const hop = await bareWay(stack.serviceBus);
    const [idle, topic, floors]: [number[], number[], number[]] = [[], [], []];
    const whenIdle = async (measured: number[], once: () => Promise<number>) => {
      await wait(BETWEEN_EVENTS_MS, undefined, { signal: bench.signal });
      measured.push(await once());
    };
    try {
      for (let index = -WARM_UP; index < plan.idle; index += 1) {
        if (index === 0) for (const measured of [idle, topic, floors]) measured.length = 0;
        await whenIdle(idle, () => one(index + WARM_UP));
        await whenIdle(topic, () => byTopic(index + WARM_UP));
        await whenIdle(floors, () => hop.once());
      }
    } finally {
      await hop.close();
    }
    bench.onProgress(`${plan.idle} events of each kind sent when idle`);

    await publish(stack.queues.events, { topic: 'all' });
    await wait(UNDER_WAY_MS, undefined, { signal: bench.signal });
    const loaded: Promise<number>[] = [];
    for (let index = 0; index < plan.loaded; index += 1) {
      loaded.push(one(index));
      await wait(plan.every, undefined, { signal: bench.signal });
    }
    const underLoad = await Promise.all(loaded);
    const left = plan.people - EACH_BELOW - (await stack.shown());
    bench.onProgress(`${plan.loaded} beside a broadcast, of which ${left} were still to be told`);
    return [
      ...figuresOf('idle', idle, floors),
      ...figuresOf('idle-by-topic', topic, floors),
      ...figuresOf('beside-broadcast', underLoad, floors),
    ];
  },
};

function figuresOf(name: string, waits: readonly number[], floors: readonly number[]): readonly Figure[] {
  const [values, bare] = [waits, floors].map((all) => all.toSorted((a, b) => a - b));
  const floorIs = 'two bare queue hops and a post, idle';
  const ranks = { p50: 0.5, p99: 0.99, worst: 1 };
  return Object.entries(ranks).map(([rank, share]) =>
    figure(`latency.${name}.${rank}`, 'ms', {
      value: rankOf(values ?? [], share),
      floor: rankOf(bare ?? [], share),
      floorIs,
    }),
  );
}

/** Milliseconds from publishing to the channel's answer, as the report has it. */
async function timed(stack: BenchStack, { signal }: Bench, to: object): Promise<number> {
  const report = reportNotification(stack.stores);
  const publishedAt = Date.now();
  const id: NotificationId = await publish(stack.queues.events, to);
  for (const deadline = publishedAt + LONGEST_MS; Date.now() < deadline; ) {
    await wait(BETWEEN_REPORTS_MS, undefined, { signal });
    const { complete, lastAt } = (await report(id)) ?? { complete: false };
    if (complete && lastAt !== undefined) return Date.parse(lastAt) - publishedAt;
  }
  throw new Error(`a single notification was not delivered within ${LONGEST_MS} ms`);
}

/** The same way with nothing on it: a message to a queue and out again, twice, then a post. */
async function bareWay(
  connectionString: string,
): Promise<{ once(): Promise<number>; close(): Promise<void> }> {
  const connector = await startConnector();
  const post = keepAliveSends(connector.serviceUrl);
  const client = new ServiceBusClient(connectionString);
  const sender = client.createSender(queueNames.outcomes);
  const receiver = client.createReceiver(queueNames.outcomes);
  let arrived = Promise.withResolvers<void>();
  const subscription = receiver.subscribe(
    {
      processMessage: async () => arrived.resolve(),
      processError: async ({ error }) => arrived.reject(error),
    },
    { maxConcurrentCalls: 1 },
  );
  const hop = async (): Promise<void> => {
    arrived = Promise.withResolvers<void>();
    await sender.sendMessages({ body: { hop: true }, messageId: randomUUID() });
    await arrived.promise;
  };
  return {
    async once() {
      const startedAt = performance.now();
      await hop();
      await hop();
      await post.once();
      return performance.now() - startedAt;
    },
    async close() {
      await subscription.close();
      await client.close();
      await post.close();
      await connector.stop();
    },
  };
}
