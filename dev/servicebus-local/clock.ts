/** Where the broker takes the time from, so that a test can move it instead of waiting. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /**
   * Calls `wake` once, at or shortly after `at` (milliseconds since 1970). The returned function cancels it;
   * cancelling twice, or after the call, does nothing.
   */
  wakeAt(at: number, wake: () => void): () => void;
}

/** The longest wait that `setTimeout` takes; a longer one would fire at once. */
const longestWaitMs = 2 ** 31 - 1;

/** The machine's clock. A wake-up further away than 24 days comes early; whoever is woken looks at the time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(at, wake) {
    const wait = Math.min(Math.max(at - Date.now(), 1), longestWaitMs);
    const timer = setTimeout(wake, wait);
    return () => clearTimeout(timer);
  },
};
