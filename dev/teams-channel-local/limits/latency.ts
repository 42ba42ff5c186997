/**
 * How long one way takes, in milliseconds: at least `least`, and on average `jitter` longer, with a long tail; or one of the
 * times that were measured somewhere, each as likely as it is often there.
 */
export type Latency =
  | { readonly least: number; readonly jitter: number }
  | { readonly times: readonly number[] };

/** A text that is no list of times; the message says how one looks. */
export class LatencyError extends Error {}

const MOST_TIMES = 1_000_000;
const LONGEST_MS = 60_000;

/**
 * The time of one way.
 *
 * @param next gives numbers from 0 to below 1. Exponential beyond the least, cut at ten times the jitter: rarer stalls are
 * outages, which this is no model of.
 */
export function drawn(latency: Latency, next: () => number): number {
  if ('times' in latency) return latency.times[Math.floor(next() * latency.times.length)] ?? 0;
  return latency.least + Math.min(10, -Math.log(1 - next())) * latency.jitter;
}

/** Reads measured times: one a line, in milliseconds with decimals. Empty lines count for nothing. Throws LatencyError. */
export function parseTimes(text: string): readonly number[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw new LatencyError('there is no time in it: write one a line, in milliseconds');
  if (lines.length > MOST_TIMES) throw new LatencyError(`${lines.length} times are more than ${MOST_TIMES}`);
  return lines.map((line, index) => {
    const time = /^\d{1,5}(\.\d{1,6})?$/.test(line) ? Number(line) : Number.NaN;
    if (time <= LONGEST_MS) return time;
    throw new LatencyError(
      `line ${index + 1} is "${line.slice(0, 20)}" and must be milliseconds from 0 to ${LONGEST_MS}, such as 40.5`,
    );
  });
}
