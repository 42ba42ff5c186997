import { shareAtBest } from '../../dev/simulate/paper/limit.ts';
import { runOnPaper, usualLatency } from '../../dev/simulate/paper/paper-run.ts';
import { parseRateLimits } from '../../shared/domain/delivery/pace.ts';
import { figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';

const REQUESTS_PER_SECOND = 50;
const THREAD_LIMITS = parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [];

/** One way to the channel: the least that it takes, and what it takes longer on average. */
const NETWORKS = [
  { least: 10, jitter: 0.5 },
  { least: 40, jitter: 20 },
  { least: 40, jitter: 60 },
  { least: 80, jitter: 120 },
  { least: 80, jitter: 200 },
] as const;

export const networks: Measurement = {
  name: 'networks',
  about:
    "on paper: share of the channel's rate and 429s by the network's jitter, beside the most that is possible",
  async run({ quick, signal, onProgress }) {
    const figures = [];
    for (const network of NETWORKS) {
      const { least, jitter } = network;
      const floor = shareAtBest(network, REQUESTS_PER_SECOND);
      for (const instances of quick ? [3] : [1, 3, 10]) {
        const name = `networks.${least}+${jitter}.x${instances}`;
        onProgress(name);
        const run = await runOnPaper({
          recipients: quick ? 1000 : 5000,
          requestsPerSecond: REQUESTS_PER_SECOND,
          threadLimits: THREAD_LIMITS,
          singleEvery: 2000,
          instances,
          tenants: 1,
          seed: 1,
          latency: { ...usualLatency, network },
          signal,
        });
        if (run.lost + run.repeated > 0)
          throw new Error(`not everybody was told once: ${JSON.stringify(run)}`);
        figures.push(
          figure(`${name}.share-of-rate`, 'of 1', {
            value: run.shareOfRate,
            floor,
            floorIs: 'the most of requests that depart evenly, with one 429 in a thousand',
          }),
          figure(`${name}.throttled`, '429s', {
            value: run.throttled,
            floor: run.recipients / 1000,
            floorIs: 'one in a thousand',
          }),
        );
      }
    }
    return figures;
  },
};
