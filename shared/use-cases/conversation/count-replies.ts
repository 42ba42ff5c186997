import type { Conversation } from '../../domain/conversation/conversation.ts';
import { minutes } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { Log } from '../../ports/log.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';

/**
 * Counts replies to a person into the limits that proactive messages keep: the channel counts both. Replies are never
 * held back themselves, so they are counted after they were sent.
 */
export type CountReplies = (conversation: Conversation, count: number) => Promise<void>;

export function countReplies(deps: {
  readonly ledger: Ledger;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly log: Log;
}): CountReplies {
  return async (conversation, count) => {
    const now = deps.clock.now();
    try {
      await Promise.all([
        deps.ledger.countSends(conversation.key, count, now),
        deps.pacer.reserve(conversation.tenant, count, now, minutes(10)),
      ]);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // The person has their answer. Uncounted replies can cost a 429 at most, which is retried.
      deps.log.warn('replies.uncounted', { conversation: conversation.key, count });
    }
  };
}
