import { operationsOf } from '../../dev/tables/counts.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { recipientsRoute } from '../../shared/console/read/recipients.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from '../../shared/console/route.ts';
import { audienceRoutes } from '../../shared/console/write-audiences.ts';
import { Outcome } from '../../shared/domain/delivery/delivery.ts';
import { vouchesForAll } from '../../shared/domain/identity/vouching.ts';
import { conversationKey } from '../../shared/domain/ids.ts';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import { type Figure, figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { aNotification } from '../parts/notification.ts';
import { storesAt } from '../parts/stores.ts';
import { startTables } from '../table-service/part.ts';

const AT_ONCE = 16;
const TOGETHER = 100;
/** One recipient in so many was refused. */
const RARE = 1000;
const LIMIT = 50;
const MEGABYTE = 1024 * 1024;

export const consoleLists: Measurement = {
  name: 'console',
  about: 'what the console does with very many: a page of recipients of one outcome, storing an audience',
  async run({ quick, signal, onProgress }) {
    const figures: Figure[] = [];
    const least: Cost[] = [];
    for (const count of quick ? [1000, 10_000] : [1000, 100_000]) {
      signal.throwIfAborted();
      const costs = await costsAmong(count);
      if (least.length === 0) least.push(...costs);
      costs.forEach((cost, index) => {
        figures.push(...figuresOf(count, cost, least[index] ?? cost));
      });
      onProgress(`a page and an audience of ${count} measured`);
    }
    return figures;
  },
};

interface Cost {
  readonly what: string;
  readonly operations: number;
  readonly milliseconds: number;
  readonly heapBytes: number;
}

function figuresOf(count: number, cost: Cost, least: Cost): readonly Figure[] {
  const name = `console.${count}.${cost.what}`;
  const floorIs = 'the same with 1,000';
  const mb = (bytes: number) => bytes / MEGABYTE;
  return [
    figure(`${name}.table-operations`, 'a call', {
      value: cost.operations,
      floor: least.operations,
      floorIs,
    }),
    figure(`${name}.time`, 'ms', { value: cost.milliseconds, floor: least.milliseconds, floorIs }),
    figure(`${name}.heap`, 'MB more at most', {
      value: mb(cost.heapBytes),
      floor: mb(least.heapBytes),
      floorIs,
    }),
  ];
}

/** The console's own routes over the product's own adapters, against tables in a process of their own. */
async function costsAmong(count: number): Promise<readonly Cost[]> {
  const tables = await startTables();
  try {
    const stores = await storesAt(tables.connectionString, 50);
    const notification = aNotification();
    const keys = Array.from({ length: count }, (_, index) => conversationKey('msteams', `a:${index}`));
    await inParallel(blocksOf(keys), AT_ONCE, (block) =>
      stores.ledger.addressRecipients(notification.id, block),
    );
    const refused = keys.filter((_, index) => index % RARE === 0);
    await inParallel(refused, AT_ONCE, (conversation) =>
      stores.ledger.recordOutcome(
        { notification: notification.id, conversation },
        { outcome: Outcome.rejected, at: Date.now(), attempts: 1, repeats: 0 },
      ),
    );
    const deps = { ...stores, vouching: vouchesForAll, clock: systemClock };
    const page = recipientsRoute({ ...deps, notifications: { findNotification: async () => notification } });
    const put = audienceRoutes(deps).find(({ method }) => method === 'PUT');
    if (put === undefined) throw new Error('audiences have no PUT');
    const entries = keys.map((_, index) => `person-${index}@example.com`);
    const measured = async (what: string, route: ConsoleRoute, asked: Partial<ConsoleRequest>) => {
      await tables.resetCounts();
      const cost = await costOf(route, asked);
      return { what, ...cost, operations: operationsOf(await tables.counts()) };
    };
    return [
      await measured('page-of-one-outcome', page, {
        params: { id: notification.id },
        query: new URLSearchParams({ outcome: Outcome.rejected, limit: String(LIMIT) }),
      }),
      await measured('audience-stored', put, { params: { name: 'everybody' }, body: { entries } }),
    ];
  } finally {
    await tables.stop();
  }
}

async function costOf(route: ConsoleRoute, asked: Partial<ConsoleRequest>) {
  const before = process.memoryUsage().heapUsed;
  let heapBytes = 0;
  const look = () => {
    heapBytes = Math.max(heapBytes, process.memoryUsage().heapUsed - before);
  };
  const watch = setInterval(look, 20);
  const startedAt = performance.now();
  try {
    const who = { name: 'bench', roles: new Set(['reader', 'author'] as const) };
    expectDone(
      await route.answer({ params: {}, query: new URLSearchParams(), body: undefined, who, ...asked }),
    );
    const milliseconds = performance.now() - startedAt;
    look();
    return { milliseconds, heapBytes };
  } finally {
    clearInterval(watch);
  }
}

function expectDone(answer: ConsoleAnswer): void {
  if (answer.status > 201) throw new Error(`the console answers ${JSON.stringify(answer)}`);
}

function blocksOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / TOGETHER) }, (_, block) =>
    items.slice(block * TOGETHER, (block + 1) * TOGETHER),
  );
}
