import { join } from 'node:path';
import { serviceBusConnectionString } from '../../dev/stack/addresses.ts';
import { stackSettings } from '../../dev/stack/app-settings.ts';
import { inMessages, MOST_CALLS, toCallsBody } from '../../shared/domain/delivery/wake-up-call.ts';
import { firstCall } from '../../shared/use-cases/intake/plan-notification.ts';
import type { Bench } from '../measurement.ts';
import { aNotification } from '../parts/notification.ts';
import { CROWD, conversationOf } from '../parts/publish.ts';
import { storesAt } from '../parts/stores.ts';
import { UNPACED_PER_SECOND, unpacedSettings } from '../parts/unpaced.ts';
import { startTables } from '../table-service/part.ts';
import { startWorker } from './part.ts';

export const AT_ONCE = 16;

/** An app in a worker, with tables and people of its own. */
export interface Deliverer extends AsyncDisposable {
  /** Tells everybody once; gives the microseconds of CPU time of one delivery. Throws where somebody was not told. */
  deliver(): Promise<number>;
  /** Bytes that the worker holds, its garbage cleared. */
  resident(): Promise<number>;
}

export async function startDeliverer({
  appDir,
  people,
  serviceUrl,
  ...bench
}: {
  readonly people: number;
  /** Of the channel. */
  readonly serviceUrl: string;
} & Pick<Bench, 'appDir' | 'profile'>): Promise<Deliverer> {
  const tables = await startTables();
  const worker = await startWorker(
    { ...bench, main: join(appDir, 'main.mjs') },
    {
      ...stackSettings({
        tables: tables.unsignedConnection,
        // Nobody listens there: a call that wanted to go back to the queue would end the measurement.
        serviceBus: serviceBusConnectionString(9),
      }),
      ...unpacedSettings,
    },
  );
  await tables.fillPeople({ count: people, prefix: CROWD, serviceUrl, topics: [] });
  const { notifications, ledger } = await storesAt(tables.connectionString, UNPACED_PER_SECOND);
  return {
    async deliver() {
      const notification = aNotification();
      await notifications.acceptNotification(notification);
      const calls = Array.from({ length: people }, (_person, index) => ({
        message: firstCall(notification, conversationOf(index)),
      }));
      const messages = inMessages(calls).map(toCallsBody);
      const each = await worker.run('deliveries', messages, Math.ceil(AT_ONCE / MOST_CALLS));
      const { outcomes } = await ledger.countOutcomes(notification.id);
      if (outcomes.delivered !== people) throw new Error(`of ${people}: ${JSON.stringify(outcomes)}`);
      return (each * messages.length) / people;
    },
    resident: () => worker.resident(),
    async [Symbol.asyncDispose]() {
      await worker.stop();
      await tables.stop();
    },
  };
}
