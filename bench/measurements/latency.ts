import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceBusClient } from '@azure/service-bus';
import { waitsOf } from '../../dev/simulate/waits.ts';
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
const BETWEEN_REPORTS_MS = 10;
/** Idle is who had nothing to do for a while. */
const BETWEEN_EVENTS_MS = 100;
const LONGEST_MS = 60_000;
const WARM_UP = 5;
/** People who are told one at a time; the others are the broadcast's. */
const FEW = 100;
/** A broadcast runs so long before singles are published beside it. */
const UNDER_WAY_MS = 2000;

export const latency: Measurement = {
  name: 'latency',
  about: 'from publishing an event to the message: when idle, and while a broadcast to 10,000 runs',
  async run(bench) {
    const plan = bench.quick
      ? { people: 10_000, idle: 8, loaded: 4, every: 100 }
      : { people: 10_000, idle: 120, loaded: 120, every: 300 };
    await using stack = await startBenchStack(bench, {
      people: plan.people,
      topics: [
        { topic: 'all', from: FEW, below: plan.people },
        { topic: 'one', from: 0, below: 1 },
      ],
      requestsPerSecond: REQUESTS_PER_SECOND,
      enforced: true,
    });
    const one = (index: number) => timed(stack, bench, { conversation: conversationOf(index % FEW) });
    const byTopic = () => timed(stack, bench, { topic: 'one' });
    for (let index = 0; index < WARM_UP; index += 1) {
      await one(index);
      await byTopic();
    }

    const hop = await bareWay(stack.serviceBus);
    const [idle, topic, floors]: [number[], number[], number[]] = [[], [], []];
    try {
      for (let index = 0; index < WARM_UP; index += 1) await hop.once();
      for (let index = 0; index < plan.idle; index += 1) {
        await wait(BETWEEN_EVENTS_MS, undefined, { signal: bench.signal });
        idle.push(await one(index));
        floors.push(await hop.once());
        if (index % 5 !== 0) continue;
        // Fewer: the limits of one conversation would hold them up.
        await wait(BETWEEN_EVENTS_MS, undefined, { signal: bench.signal });
        topic.push(await byTopic());
      }
    } finally {
      await hop.close();
    }
    bench.onProgress(`${plan.idle} events sent when idle`);

    await publish(stack.queues.events, { topic: 'all' });
    await wait(UNDER_WAY_MS, undefined, { signal: bench.signal });
    const loaded: Promise<number>[] = [];
    for (let index = 0; index < plan.loaded; index += 1) {
      loaded.push(one(index));
      await wait(plan.every, undefined, { signal: bench.signal });
    }
    const underLoad = await Promise.all(loaded);
    const left = plan.people - FEW - (await stack.shown());
    bench.onProgress(`${plan.loaded} beside a broadcast, of which ${left} were still to be told`);
    return [
      ...figuresOf('idle', idle, floors),
      ...figuresOf('idle-by-topic', topic, floors),
      ...figuresOf('beside-broadcast', underLoad, floors),
    ];
  },
};

function figuresOf(name: string, waits: readonly number[], floors: readonly number[]): readonly Figure[] {
  const [value, floor] = [waitsOf(waits), waitsOf(floors)];
  const floorIs = 'two bare queue hops and a post, idle';
  return [
    figure(`latency.${name}.p50`, 'ms', { value: value.p50, floor: floor.p50, floorIs }),
    figure(`latency.${name}.p99`, 'ms', { value: value.p99, floor: floor.p99, floorIs }),
  ];
}

/** Milliseconds from publishing to the channel's answer, as the report has it. */
async function timed(stack: BenchStack, { signal }: Bench, to: object): Promise<number> {
  const report = reportNotification(stack.stores);
  const publishedAt = Date.now();
  const id: NotificationId = await publish(stack.queues.events, to);
  for (const deadline = publishedAt + LONGEST_MS; Date.now() < deadline; ) {
    const { complete, lastAt } = (await report(id)) ?? { complete: false };
    if (complete && lastAt !== undefined) return Date.parse(lastAt) - publishedAt;
    await wait(BETWEEN_REPORTS_MS, undefined, { signal });
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
