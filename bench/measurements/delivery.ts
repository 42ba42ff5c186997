import { figure } from '../figures/figure.ts';
import { median } from '../figures/median.ts';
import type { Measurement } from '../measurement.ts';
import { startConnector } from '../parts/connector.ts';
import { keepAliveSends } from '../parts/sends.ts';
import { cpuOfEach } from '../parts/slices.ts';
import { AT_ONCE, startDeliverer } from '../worker/deliverer.ts';

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
    const floor = keepAliveSends(connector.serviceUrl);
    try {
      await using deliverer = await startDeliverer({
        appDir,
        people,
        serviceUrl: connector.serviceUrl,
        ...bench,
      });
      const costs = { delivery: [] as number[], floor: [] as number[] };
      for (let slice = -WARM_UP; slice < slices; slice += 1) {
        const each = await deliverer.deliver();
        const least = await cpuOfEach(floor.once, { perSlice: people, atOnce: AT_ONCE });
        if (slice < 0) continue;
        costs.delivery.push(each);
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
      await floor.close();
      await connector.stop();
    }
  },
};
