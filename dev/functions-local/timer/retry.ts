import { messageOf } from '../core/errors.ts';
import type { RpcRetryContext, RpcRetryOptions } from '../core/rpc.ts';

/**
 * Runs `attempt` again while it fails, by the retry policy of the function. The host keeps the count in
 * memory, so a restart forgets it.
 *
 * @param policy undefined for a single attempt; a `maxRetryCount` of -1 never gives up.
 * @throws what the last attempt threw; AbortError when `signal` ends a wait.
 */
export async function runWithRetry(
  policy: RpcRetryOptions | undefined,
  attempt: (retryContext: RpcRetryContext | undefined) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const maxRetryCount = policy?.maxRetryCount ?? 0;
  let retryContext: RpcRetryContext | undefined;
  for (let retryCount = 0; ; retryCount++) {
    try {
      await attempt(retryContext);
      return;
    } catch (error) {
      if (!policy || (maxRetryCount >= 0 && retryCount >= maxRetryCount)) throw error;
      await pause(retryDelayMs(policy, retryCount), signal);
      retryContext = { retryCount: retryCount + 1, maxRetryCount, exception: { message: messageOf(error) } };
    }
  }
}

/**
 * Milliseconds to wait after attempt number `failed` (from 0): the fixed delay, or the least interval doubled
 * with each attempt up to the greatest.
 */
export function retryDelayMs(policy: RpcRetryOptions, failed: number): number {
  if (policy.retryStrategy !== 'exponentialBackoff') return seconds(policy.delayInterval) * 1000;
  const least = seconds(policy.minimumInterval);
  const most = seconds(policy.maximumInterval);
  return Math.min(most, least * 2 ** failed) * 1000;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

function seconds(duration: { seconds?: number | null } | null | undefined): number {
  return duration?.seconds ?? 0;
}
