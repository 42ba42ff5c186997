import { type Duration, milliseconds, seconds } from '../../../shared/domain/time.ts';
import type { Latency } from '../../teams-channel-local/limits/latency.ts';
import { Chance } from './chance.ts';

/** Refusals that are taken, of a thousand requests. */
const MOST_REFUSED = 1;

/** More slack than any network needs that is worth a broadcast. */
const MOST_SLACK: Duration = seconds(1);

const WINDOW: Duration = seconds(1);
const REQUESTS = 20_000;

/**
 * The share of a channel's rate that anybody reaches who sends evenly, knows the network beforehand and is alone on it, with one
 * refusal in a thousand: requests pass each other on their way by chance, and nobody can know of that before.
 */
export function shareAtBest(network: Latency, requestsPerSecond: number): number {
  let enough = MOST_SLACK;
  let less = 0;
  while (enough - less > milliseconds(1)) {
    const slack = (enough + less) / 2;
    if (refusedOf(network, requestsPerSecond, slack) <= MOST_REFUSED) enough = slack;
    else less = slack;
  }
  return WINDOW / (WINDOW + enough);
}

/** Refusals of a thousand requests that depart evenly, with so much slack in each window. */
function refusedOf(network: Latency, requestsPerSecond: number, slack: Duration): number {
  const chance = new Chance(1);
  const spacing = (WINDOW + slack) / requestsPerSecond;
  const arrivals = Float64Array.from(
    { length: REQUESTS },
    (_, at) => at * spacing + chance.duration(network),
  ).sort();
  const admitted: Duration[] = [];
  let refused = 0;
  for (const arrival of arrivals) {
    const first = admitted[admitted.length - requestsPerSecond];
    if (first !== undefined && first > arrival - WINDOW) refused += 1;
    else admitted.push(arrival);
  }
  return (refused / REQUESTS) * 1000;
}
