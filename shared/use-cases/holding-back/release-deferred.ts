import { freshHop } from '../../domain/delivery/wake-up-call.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';

/**
 * Looks at everything that a conversation holds back, because what held it back may be over: a dialog has ended, or
 * quiet hours were changed. To be called after that was stored.
 */
export type ReleaseDeferred = (conversation: ConversationKey) => Promise<void>;

/**
 * Wakes every deferred delivery of a conversation. Whether one goes out is decided as ever, by the policy: one that is
 * still held back stays so, and its own call comes at its time. Throws `StoreUnavailable` or `QueueUnavailable`;
 * repeating the call then is harmless.
 */
export function releaseDeferred(deps: {
  readonly ledger: Ledger;
  readonly deliveries: DeliveryQueue;
  readonly clock: Clock;
}): ReleaseDeferred {
  return async (conversation) => {
    const rows = await deps.ledger.deferredDeliveries(conversation);
    if (rows.length === 0) return;
    const hop = releaseHop(deps.clock);
    await deps.deliveries.sendCalls(rows.map(({ id, version }) => ({ message: { ...id, version, hop } })));
  };
}

/** Differs from release to release, so that the broker's duplicate detection does not swallow the later one. */
function releaseHop(clock: Clock): number {
  return freshHop(clock.now());
}
