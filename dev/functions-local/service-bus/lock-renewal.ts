import type { Delivery } from './received-message.ts';

/** Node.js fires longer timers at once. Milliseconds. */
const longestWait = 2 ** 31 - 1;

/**
 * Renews the lock of a message in work until it is stopped or `maxMs` have passed: each time when half of
 * what remains, or 10 seconds before the end, has come, as the .NET client does.
 *
 * @param onFailure called once when a renewal fails; none follows, and the lock runs out.
 * @returns stops the renewal.
 */
export function keepLocked(
  delivery: Delivery,
  maxMs: number,
  onFailure: (error: unknown) => void,
): () => void {
  const until = Date.now() + maxMs;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  function plan(lockedUntil: Date | undefined): void {
    const remaining = (lockedUntil?.getTime() ?? 0) - Date.now();
    const wait = remaining - Math.min(remaining / 2, 10_000);
    if (stopped || remaining <= 0 || Date.now() + wait >= until) return;
    timer = setTimeout(renew, Math.min(wait, longestWait));
    timer.unref();
  }

  async function renew(): Promise<void> {
    try {
      plan(await delivery.renewLock());
    } catch (error) {
      if (!stopped) onFailure(error);
    }
  }

  plan(delivery.message.lockedUntil);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
