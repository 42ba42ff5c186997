import { figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { startConnector } from '../parts/connector.ts';
import { agentsSends, teamsSends } from '../parts/peer-sends.ts';
import { keepAliveSends, poolSends, stockSends } from '../parts/sends.ts';
import { compareCpu } from '../parts/slices.ts';
import { thinSends } from '../parts/thin-sends.ts';

export const send: Measurement = {
  name: 'send',
  about: 'CPU time of one proactive send: the product, the SDKs as they come, a bare client',
  async run({ quick }) {
    const connector = await startConnector();
    try {
      const { serviceUrl } = connector;
      const cost = await compareCpu(
        [
          ...[poolSends, keepAliveSends, thinSends, stockSends, agentsSends].map((variant) =>
            variant(serviceUrl),
          ),
          ...(await teamsSends(serviceUrl)),
        ],
        { atOnce: 16, ...(quick ? { slices: 5, perSlice: 200 } : { slices: 15, perSlice: 800 }) },
      );
      const floor = cost.get('pool') ?? Number.NaN;
      return [...cost].map(([name, value]) =>
        figure(`send.${name}`, 'us CPU', {
          value,
          floor,
          floorIs: 'the same JSON through a bare undici pool',
        }),
      );
    } finally {
      await connector.stop();
    }
  },
};
