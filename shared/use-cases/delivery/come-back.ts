import { retryDelay } from '../../domain/delivery/backoff.ts';
import { timesPutBack } from '../../domain/delivery/wake-up-call.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { QueueUnavailable } from '../../ports/queues.ts';
import type { Random } from '../../ports/random.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';

/** After so many hops the delay grows no further. */
const LAST_STEP = 6;

/**
 * What to do with a queue message whose handling failed because the store was away: it is enqueued again with backoff,
 * and the one at hand is done with. Thrown instead, the broker would redeliver it at once, and the few deliveries that
 * it allows would burn within seconds.
 *
 * Anything else (a bug, or the queue being away too) is thrown on: the broker redelivers, counts, and in the end
 * dead-letters.
 */
export type ComeBack = (
  cause: unknown,
  hop: number,
  enqueueAgain: (at: number) => Promise<void>,
) => Promise<void>;

export function comeBack(deps: {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}): ComeBack {
  return async (cause, hop, enqueueAgain) => {
    if (!(cause instanceof StoreUnavailable || cause instanceof QueueUnavailable)) throw cause;
    const at = deps.clock.now() + retryDelay(Math.min(timesPutBack(hop) + 1, LAST_STEP), deps.random.next());
    await enqueueAgain(at);
    deps.log.warn('message.put-back', {
      code: cause.code,
      operation: cause instanceof StoreUnavailable ? cause.operation : cause.queue,
      hop,
      delayMs: at - deps.clock.now(),
    });
  };
}
