import { operationsOf, type TableCounts } from '../../dev/tables/counts.ts';
import { connectTables } from '../../shared/adapters/table/connect.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { days } from '../../shared/domain/time.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { type Fired, fireReminders } from '../../shared/kinds/reminders/fire-reminders.ts';
import { occurrences } from '../../shared/kinds/reminders/reminder-occurrences.ts';
import { reminderStores } from '../../shared/kinds/reminders/rows/reminder-stores.ts';
import type { DeliveryQueue } from '../../shared/ports/queues.ts';
import { announceMany } from '../../shared/use-cases/intake/announce-many.ts';
import { type Figure, figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { startTables, type TablesPart } from '../table-service/part.ts';

const DUE = 100;

export const reminderTick: Measurement = {
  name: 'reminder-tick',
  about: `one tick that finds ${DUE} reminders due among very many pending: table operations and bytes`,
  async run({ quick, signal, onProgress }) {
    const sizes = quick ? [1000, 100_000] : [1000, 100_000, 1_000_000];
    const ticks: { readonly pending: number; readonly tick: Tick }[] = [];
    for (const pending of sizes) {
      signal.throwIfAborted();
      ticks.push({ pending, tick: await tickAmong(pending) });
      onProgress(`one among ${pending} pending made`);
    }
    const [least] = ticks;
    return least === undefined
      ? []
      : ticks.flatMap(({ pending, tick }) => figuresOf(pending, tick, least.tick));
  },
};

interface Tick {
  readonly operations: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

function figuresOf(pending: number, tick: Tick, least: Tick): readonly Figure[] {
  const name = `reminder-tick.${pending}-pending`;
  const floorIs = 'the same with 1,000 pending';
  return [
    figure(`${name}.table-operations`, 'a tick', {
      value: tick.operations,
      floor: least.operations,
      floorIs,
    }),
    figure(`${name}.table-bytes`, 'a tick', { value: tick.bytes, floor: least.bytes, floorIs }),
    figure(`${name}.time`, 'ms', { value: tick.milliseconds, floor: least.milliseconds, floorIs }),
  ];
}

/** The product's own tick over the product's own adapters, against tables in a process of their own. */
async function tickAmong(pending: number): Promise<Tick> {
  const tables = await startTables();
  try {
    const now = Date.now();
    await tables.fillReminders({ pending, due: DUE, now });
    const fire = await ticking(tables, now);
    // The first one loads the code, and announces what is due.
    expectAnnounced(await fire());
    await tables.fillReminders({ pending: 0, due: DUE, now });
    await tables.resetCounts();
    const startedAt = performance.now();
    expectAnnounced(await fire());
    const milliseconds = performance.now() - startedAt;
    return { ...sumOf(await tables.counts()), milliseconds };
  } finally {
    await tables.stop();
  }
}

async function ticking(tables: TablesPart, now: Instant): Promise<() => Promise<Fired>> {
  const ignore = () => undefined;
  const log = { info: ignore, warn: ignore, error: ignore };
  const clock = { now: () => now };
  const stores = await connectTables(
    { kind: 'connectionString', value: tables.connectionString },
    { clock, log, requestsPerSecond: 50, tableNames },
  );
  const deps = {
    ...stores,
    ...reminderStores(stores.tables),
    // What is counted here are the tables: a hundred calls are one batch, whatever is pending.
    deliveries: { sendCalls: async () => undefined } satisfies DeliveryQueue,
    clock,
    log,
    occurrences,
  };
  return fireReminders({ ...deps, announceMany: announceMany({ ...deps, keptFor: days(30) }) });
}

function expectAnnounced({ announced }: Fired): void {
  if (announced !== DUE) throw new Error(`a tick announced ${announced} of ${DUE} reminders`);
}

function sumOf(counts: TableCounts): Pick<Tick, 'operations' | 'bytes'> {
  return {
    operations: operationsOf(counts),
    bytes: counts.bytes.sent + counts.bytes.received,
  };
}
