import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceBusConnectionString } from '../../dev/stack/addresses.ts';
import { stackSettings } from '../../dev/stack/app-settings.ts';
import { inMessages, toCallsBody } from '../../shared/domain/delivery/wake-up-call.ts';
import { firstCall } from '../../shared/use-cases/intake/plan-notification.ts';
import { type Figure, figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { startConnector } from '../parts/connector.ts';
import { aNotification } from '../parts/notification.ts';
import { CROWD, conversationOf } from '../parts/publish.ts';
import { storesAt } from '../parts/stores.ts';
import { UNPACED_PER_SECOND, unpacedSettings } from '../parts/unpaced.ts';
import { writePlainModules } from '../start/plain-modules.ts';
import { startTables } from '../table-service/part.ts';
import type { CalledFile } from '../worker/part.ts';
import { startWorker } from '../worker/part.ts';

/** The first runs load, connect and fetch; one after them is looked at. */
const RUNS = 4;

/** What a reader can hold in mind: the limits that this project set itself. */
const limits = {
  delivery: { files: 45, functions: 150 },
  'remind-me': { files: 80, functions: 300 },
} as const;

export const extent: Measurement = {
  name: 'extent',
  about: 'files and functions of ours that one delivery, and one reminder that is set, pass through',
  async run({ folder, list }) {
    const connector = await startConnector();
    const tables = await startTables();
    const app = await writePlainModules(join(folder, 'plain'));
    const worker = await startWorker(
      { main: join(app, 'functions', 'main.js') },
      {
        ...stackSettings({
          tables: tables.unsignedConnection,
          // Nobody listens there: neither of the two needs the queue.
          serviceBus: serviceBusConnectionString(9),
        }),
        ...unpacedSettings,
      },
    );
    try {
      await tables.fillPeople({ count: 1, prefix: CROWD, serviceUrl: connector.serviceUrl, topics: [] });
      const stores = await storesAt(tables.connectionString, UNPACED_PER_SECOND);
      const calls: object[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        const notification = aNotification();
        await stores.notifications.acceptNotification(notification);
        const [message] = inMessages([{ message: firstCall(notification, conversationOf(0)) }]);
        if (message !== undefined) calls.push(toCallsBody(message));
      }
      const delivered = await worker.extent(
        'deliveries',
        calls.map((body) => ({ body })),
      );
      const said = Array.from({ length: RUNS }, () => ({ post: remindMe(connector.serviceUrl) }));
      const reminded = await worker.extent('messages', said);
      if (list !== undefined) {
        await writeList(list, 'delivery', delivered);
        await writeList(list, 'remind-me', reminded);
      }
      return [...figuresOf('delivery', delivered), ...figuresOf('remind-me', reminded)];
    } finally {
      await worker.stop();
      await tables.stop();
      await connector.stop();
    }
  },
};

/** A line a function: file, name, how often it ran. */
async function writeList(folder: string, name: keyof typeof limits, called: readonly CalledFile[]) {
  const lines = called.flatMap(({ file, functions }) =>
    functions.map(({ name: of, calls }) => `${file}\t${of === '' ? '(arrow)' : of}\t${calls}`),
  );
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.txt`), `${lines.sort().join('\n')}\n`);
}

function figuresOf(name: keyof typeof limits, called: readonly CalledFile[]): readonly Figure[] {
  const files = called.length;
  const functions = called.reduce((sum, each) => sum + each.functions.length, 0);
  const floorIs = 'the limit that the project set itself';
  return [
    figure(`extent.${name}.files`, 'files', { value: files, floor: limits[name].files, floorIs }),
    figure(`extent.${name}.functions`, 'functions', {
      value: functions,
      floor: limits[name].functions,
      floorIs,
    }),
  ];
}

function remindMe(serviceUrl: string): object {
  return {
    type: 'message',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl,
    conversation: { id: 'a:extent', conversationType: 'personal', tenantId: 'tenant' },
    from: { id: '29:extent', name: 'Ada' },
    recipient: { id: '28:bot', name: 'Notifier' },
    text: 'remind me to call mom tomorrow at 9',
    timestamp: new Date().toISOString(),
  };
}
