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
    p50: Math.round(rankOf(sorted, 0.5)),
    p99: Math.round(rankOf(sorted, 0.99)),
    worst: Math.round(rankOf(sorted, 1)),
  };
}

/** The smallest value that at least `share` of all do not pass (nearest rank), 0 of none. */
export function rankOf(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
