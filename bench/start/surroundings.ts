import { appSettings, stackSettings } from '../../dev/stack/app-settings.ts';
import { startStack } from '../../dev/stack/stack.ts';
import type { Bench } from '../measurement.ts';
import { startTables } from '../table-service/part.ts';
import { type Replies, startReplies } from './replies.ts';

/** All that an app needs around it that is started for one measurement. */
export interface Surroundings extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>;
  readonly replies: Replies;
}

export async function startSurroundings({
  appDir,
  signal,
}: Pick<Bench, 'appDir' | 'signal'>): Promise<Surroundings> {
  const tables = await startTables();
  const replies = await startReplies();
  const undo = [() => tables.stop(), () => replies.stop()];
  const dispose = async (): Promise<void> => {
    for (const each of undo.toReversed()) await each();
  };
  try {
    const stack = await startStack({ appDir, chat: false, tablesFor: async () => tables.origin, signal });
    undo.push(() => stack.stop());
    const { environment } = appSettings({
      file: {},
      inherited: process.env,
      stack: stackSettings({ serviceBus: stack.addresses.serviceBus, tables: tables.connectionString }),
      explicit: Object.fromEntries(
        // What else would run meanwhile and load what is not asked for.
        ['events', 'deliveries', 'jobs', 'heartbeat', 'reminders'].map((name) => [
          `AzureWebJobs.${name}.Disabled`,
          'true',
        ]),
      ),
    });
    return { environment, replies, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
