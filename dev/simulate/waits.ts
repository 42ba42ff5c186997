/** How long something took, over many times, in milliseconds; all zero when it never happened. */
export interface Waits {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

export function waitsOf(waits: readonly number[]): Waits {
  const sorted = waits.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    p50: rank(sorted, 0.5),
    p99: rank(sorted, 0.99),
    worst: rank(sorted, 1),
  };
}

/** The smallest value that at least `share` of all do not pass (nearest rank). */
function rank(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
}
