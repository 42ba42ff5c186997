import { describe, expect, it } from 'vitest';
import { retryDelayMs, runWithRetry } from '../../timer/retry.ts';

describe('the retry policy of a timer', () => {
  it('waits the fixed delay', () => {
    const policy = { retryStrategy: 'fixedDelay', delayInterval: { seconds: 7 } };
    expect([0, 1, 5].map((failed) => retryDelayMs(policy, failed))).toEqual([7000, 7000, 7000]);
  });

  it('doubles up to the greatest interval', () => {
    const policy = {
      retryStrategy: 'exponentialBackoff',
      minimumInterval: { seconds: 2 },
      maximumInterval: { seconds: 15 },
    };
    expect([0, 1, 2, 3, 9].map((failed) => retryDelayMs(policy, failed))).toEqual([
      2000, 4000, 8000, 15_000, 15_000,
    ]);
  });

  it('gives up after the last retry with the last failure', async () => {
    let attempts = 0;
    const policy = { retryStrategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { seconds: 0 } };
    const failing = async () => {
      throw new Error(`attempt ${++attempts}`);
    };
    await expect(runWithRetry(policy, failing, new AbortController().signal)).rejects.toThrow('attempt 3');
  });

  it('never gives up with a count of -1, and tells the function why it is repeated', async () => {
    const seen: unknown[] = [];
    const policy = { retryStrategy: 'fixedDelay', maxRetryCount: -1, delayInterval: { seconds: 0 } };
    const work = async (context: unknown) => {
      seen.push(context);
      if (seen.length < 5) throw new Error('not yet');
    };
    await runWithRetry(policy, work, new AbortController().signal);
    expect(seen).toHaveLength(5);
    expect(seen[4]).toEqual({ retryCount: 4, maxRetryCount: -1, exception: { message: 'not yet' } });
  });

  it('ends the wait when the host stops', async () => {
    const stopping = new AbortController();
    const policy = { retryStrategy: 'fixedDelay', maxRetryCount: 1, delayInterval: { seconds: 3600 } };
    const work = async () => {
      setImmediate(() => stopping.abort());
      throw new Error('no');
    };
    await expect(runWithRetry(policy, work, stopping.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
