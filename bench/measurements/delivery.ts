import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { serviceBusConnectionString } from '../../dev/stack/addresses.ts';
import { stackSettings } from '../../dev/stack/app-settings.ts';
import { inMessages, MOST_CALLS, toCallsBody } from '../../shared/domain/delivery/call-message.ts';
import { defaultDelivery, type Notification } from '../../shared/domain/event/notification.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { firstCall } from '../../shared/use-cases/intake/plan-notification.ts';
import { figure } from '../figures/figure.ts';
import { median } from '../figures/median.ts';
import type { Measurement } from '../measurement.ts';
import { startConnector } from '../parts/connector.ts';
import { CROWD, conversationOf } from '../parts/publish.ts';
import { keepAliveSends } from '../parts/sends.ts';
import { cpuOfEach } from '../parts/slices.ts';
import { storesAt } from '../parts/stores.ts';
import { UNPACED_PER_SECOND, unpacedSettings } from '../parts/unpaced.ts';
import { startTables } from '../table-service/part.ts';
import { startWorker } from '../worker/part.ts';

const AT_ONCE = 16;
const WARM_UP = 3;
/** Three of the tables and the one to the channel. */
const REQUESTS_EACH = 4;

export const delivery: Measurement = {
  name: 'delivery',
  about:
    'CPU time of one delivery in the worker: read, claim, send, record, without the local host around it',
  async run({ quick, onProgress, appDir, ...bench }) {
    const [slices, people] = quick ? [3, 200] : [11, 500];
    const connector = await startConnector();
    const tables = await startTables();
    const floor = keepAliveSends(connector.serviceUrl);
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
    try {
      await tables.fillPeople({ count: people, prefix: CROWD, serviceUrl: connector.serviceUrl, topics: [] });
      const { notifications, ledger } = await storesAt(tables.connectionString, UNPACED_PER_SECOND);
      const costs = { delivery: [] as number[], floor: [] as number[] };
      for (let slice = -WARM_UP; slice < slices; slice += 1) {
        const notification = aNotification();
        await notifications.accept(notification);
        const calls = Array.from({ length: people }, (_person, index) => ({
          message: firstCall(notification, conversationOf(index)),
        }));
        const messages = inMessages(calls).map(toCallsBody);
        const each = await worker.run('deliveries', messages, Math.ceil(AT_ONCE / MOST_CALLS));
        const { outcomes } = await ledger.count(notification.id);
        if (outcomes.delivered !== people) throw new Error(`of ${people}: ${JSON.stringify(outcomes)}`);
        const least = await cpuOfEach(floor.once, { perSlice: people, atOnce: AT_ONCE });
        if (slice < 0) continue;
        costs.delivery.push((each * messages.length) / people);
        costs.floor.push(least);
      }
      onProgress(`${slices * people} delivered`);
      const [value, least] = [median(costs.delivery), median(costs.floor)];
      return [
        figure('delivery.cpu', 'us CPU', {
          value,
          floor: least,
          floorIs: 'one post of the same JSON with a keep-alive agent',
        }),
        figure('delivery.cpu-by-request', 'us CPU', {
          value: value / REQUESTS_EACH,
          floor: least,
          floorIs: 'the same: each delivery makes four requests',
        }),
      ];
    } finally {
      await worker.stop();
      await floor.close();
      await tables.stop();
      await connector.stop();
    }
  },
};

export function aNotification(): Notification {
  const [source, eventId, now] = ['urn:notifier:bench', randomUUID(), Date.now()];
  return {
    id: notificationId(source, eventId),
    source,
    eventId,
    type: 'notification.requested',
    time: now,
    acceptedAt: now,
    to: [{ everyone: true }],
    data: { text: 'Build #42 of **web** failed on `main`.' },
    delivery: defaultDelivery,
  };
}
