import { runLocally } from '../../dev/simulate/local/local-run.ts';
import { figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';

const TEAMS_REQUESTS_PER_SECOND = 50;
const TEAMS_THREAD_LIMITS = '7/1s,8/2s,60/30s,1800/3600s';
const LONGEST_MS = 240_000;

export const pacing: Measurement = {
  name: 'pacing',
  about: "share of the channel's rate that a broadcast reaches, 429s, and the slowest single notification",
  async run({ quick, signal, onProgress }) {
    const run = await runLocally({
      recipients: quick ? 75 : 1500,
      requestsPerSecond: TEAMS_REQUESTS_PER_SECOND,
      threadLimits: TEAMS_THREAD_LIMITS,
      instances: 1,
      singleEvery: quick ? 500 : 2000,
      timeout: LONGEST_MS,
      signal,
      onProgress: progress(onProgress),
    });
    if (!run.complete || run.lost + run.repeated > 0) {
      throw new Error(`the broadcast did not reach everyone once: ${JSON.stringify(run)}`);
    }
    const { shareOfRate, throttled, singles, recipients } = run;
    return [
      figure('pacing.share-of-rate', 'of 1', {
        value: shareOfRate,
        floor: 1,
        floorIs: `${TEAMS_REQUESTS_PER_SECOND} requests in every second, ${recipients} recipients`,
      }),
      figure('pacing.throttled', '429s', { value: throttled, floor: 0, floorIs: 'none' }),
      figure('pacing.slowest-single', 'ms', {
        value: singles.worst,
        floor: singles.p50,
        floorIs: `the median of ${singles.count} singles beside the broadcast`,
      }),
    ];
  },
};

/** Says each hundred, not each. */
function progress(say: (text: string) => void): (text: string) => void {
  let last = '';
  return (text) => {
    const coarse = text.replace(/^(\d+)\d\d of /, '$100 of ');
    if (coarse !== last && !/^\d+[1-9]\d? of|^\d{1,2} of/.test(coarse)) say(coarse);
    last = coarse;
  };
}
