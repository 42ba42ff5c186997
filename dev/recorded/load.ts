import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defined } from '../../shared/domain/defined.ts';
import { serviceBusConnectionString } from '../stack/addresses.ts';
import { withFreePorts } from '../stack/ports.mjs';
import { type Stack, startStack } from '../stack/stack.ts';
import { tablesConnectionString } from '../tables/azurite.ts';
import { writeQueues } from './queues.ts';
import type { RecordedStore } from './store-file.ts';
import { makeTables, type TablesAt, writeTables } from './tables.ts';

/** The nine tables of every release so far; later ones make their own beside them. */
export function tablesOf({ rows }: RecordedStore): readonly string[] {
  return [...new Set(rows.map(({ table }) => table))];
}

/** Puts the rows into empty tables as they were recorded. In-memory runs set their clock to `stoppedAt`. */
async function loadTables(store: RecordedStore, at: TablesAt): Promise<void> {
  await makeTables(at, tablesOf(store));
  await writeTables(at, store.rows);
}

/**
 * A stack that goes on where the recording stopped: the same rows, the same messages on the queues, the same people in
 * the channel with what they were shown so far.
 *
 * No instant in it is moved. The clocks of all parts show the moment of the recording, plus `downFor` milliseconds in
 * which no app ran, and go on from there: what waits ten minutes waits ten minutes, and quiet hours are quiet hours.
 * Only the channel's port is another one.
 */
export async function startOnRecorded(
  recorded: RecordedStore,
  options: {
    /** A built app; default: dist/app. */
    readonly appDir?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly downFor?: number;
  } = {},
): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'notifier-recorded-'));
  try {
    const ports = await withFreePorts({ functions: 0, broker: 0, tables: 0, channel: 0 });
    const store = withChannelAt(recorded, `http://127.0.0.1:${ports.channel}`);
    await mkdir(join(folder, 'channel'));
    await writeFile(
      join(folder, 'channel', 'channel.jsonl'),
      store.channelJournal.map((record) => `${JSON.stringify(record)}\n`).join(''),
    );
    const stack = await startStack({
      ports,
      dataDir: folder,
      brokerControl: true,
      channelArgs: ['--no-limits'],
      startsAt: store.stoppedAt + (options.downFor ?? 0),
      env: { ...store.settings, ...options.env },
      ...defined({ appDir: options.appDir }),
      // The app starts when everything is in its place.
      tablesFor: async (origin) => {
        await loadTables(store, { connectionString: tablesConnectionString(origin) });
        await writeQueues(serviceBusConnectionString(ports.broker), store.messages);
        return origin;
      },
    });
    return {
      ...stack,
      async stop(force) {
        await stack.stop(force);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The same store with the channel at another address, of the same length: sizes of texts stand in the rows. */
function withChannelAt(store: RecordedStore, origin: string): RecordedStore {
  if (origin.length !== store.channel.length) {
    throw new RangeError(`"${origin}" must be as long as "${store.channel}", which it takes the place of`);
  }
  const moved: unknown = JSON.parse(JSON.stringify(store).replaceAll(store.channel, origin));
  // Of the same shape: only one text in it was replaced.
  return moved as RecordedStore;
}
