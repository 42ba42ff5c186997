import { setTimeout as wait } from 'node:timers/promises';
import { operationsOf, type TableCounts } from '../../dev/tables/counts.ts';
import { EFFECTIVE_AFTER } from '../../shared/domain/event/cancellation.ts';
import type { NotificationId } from '../../shared/domain/ids.ts';
import { cancelWork } from '../../shared/use-cases/cancel/cancel-jobs.ts';
import { recallWork } from '../../shared/use-cases/recall/recall-shown.ts';
import { figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { type BenchStack, startBenchStack } from '../parts/bench-stack.ts';
import { publish } from '../parts/publish.ts';

const REQUESTS_PER_SECOND = 400;
const LONGEST_MS = 120_000;
const SETTLED_MS = 1500;

/** What each kind of request needs at least: read, claim, record; the key is read, and what is shown is written. */
const LEAST = { plain: 3, first: 5, update: 4, recall: 3 } as const;

export const living: Measurement = {
  name: 'living',
  about: 'table operations of a plain message, the first one of a key, a change of it, and a recall',
  async run(bench) {
    const people = bench.quick ? 100 : 500;
    await using stack = await startBenchStack(bench, { people, requestsPerSecond: REQUESTS_PER_SECOND });
    const to = { everyone: true };
    const key = { key: 'measured' };
    // The first one makes what each process makes once.
    await told(stack, people, await publish(stack.queues.events, to));
    const counted: { [name: string]: Counted } = {};
    const ids: { [name: string]: NotificationId } = {};
    for (const [name, delivery] of Object.entries({ plain: {}, first: key, update: key })) {
      // A change within a second of the message before would wait for that.
      await wait(SETTLED_MS, undefined, { signal: bench.signal });
      await stack.tables.resetCounts();
      const id = await publish(stack.queues.events, to, `A ${name} message`, delivery);
      ids[name] = id;
      counted[name] = await told(stack, people, id);
    }
    const { plain } = ids;
    if (plain !== undefined) {
      await stack.tables.resetCounts();
      await stack.stores.notifications.cancelNotification(plain, Date.now(), true);
      await stack.queues.jobs.sendJobs(
        [cancelWork(plain), recallWork({ id: plain })].map((work) => ({
          message: { kind: 'work', ...work, hop: 0 },
          at: Date.now() + EFFECTIVE_AFTER,
        })),
      );
      counted.recall = await told(stack, people, plain, 'recalled');
    }
    return Object.entries(LEAST).flatMap(([name, floor]) => {
      const { each = 0, all = 0 } = counted[name] ?? {};
      return [
        figure(`living.${name}`, 'operations', {
          value: each / people,
          floor,
          floorIs: 'what it reads and writes',
        }),
        figure(`living.${name}.all`, 'operations', {
          value: all / people,
          floor: each / people,
          floorIs: 'the messages themselves; beside them what each page and second pays',
        }),
      ];
    });
  },
};

/** `each`: what grows with the messages: rows of people, and of the report one by one. */
interface Counted {
  readonly each: number;
  readonly all: number;
}

function countedIn(counts: TableCounts): Counted {
  const { conversations = {}, notifications: { insert = 0, merge = 0 } = {} } = counts.tables;
  const ofPeople = Object.values(conversations).reduce((sum, count) => sum + count, 0);
  return { each: ofPeople + insert + merge, all: operationsOf(counts) };
}

/** Waits until everybody was told; gives the operations that it took, without those of the waiting. */
async function told(stack: BenchStack, people: number, id: NotificationId, as?: string): Promise<Counted> {
  const deadline = Date.now() + LONGEST_MS;
  let looked = 0;
  for (;;) {
    await stack.untilIdle(LONGEST_MS);
    const before = await stack.tables.counts();
    const { outcomes } = await stack.stores.ledger.countOutcomes(id);
    const looking = operationsOf(await stack.tables.counts()) - operationsOf(before);
    const count =
      as === undefined ? Object.values(outcomes).reduce((sum, one) => sum + one, 0) : outcomes[as];
    const { each, all } = countedIn(before);
    if (count === people) return { each, all: all - looked };
    looked += looking;
    if (Date.now() > deadline) throw new Error(`of ${people}: ${JSON.stringify(outcomes)}`);
  }
}
