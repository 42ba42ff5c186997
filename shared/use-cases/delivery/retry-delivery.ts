import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import { GRACE } from '../intake/plan-notification.ts';

/** Makes a delivery's next request come about. Throws `StoreUnavailable` or `QueueUnavailable`. */
export interface RetryDelivery {
  /** From the claim `row` to a request at `dueAt`; `lost` when somebody took the claim over. */
  schedule(call: WakeUpCall, row: DeliveryRow, dueAt: Instant): Promise<'scheduled' | 'lost'>;
  /** The call for a retry whose `row` is written already. */
  callAgain(call: WakeUpCall, row: DeliveryRow): Promise<void>;
}

/**
 * | Order of writes | A fault behind it leaves |
 * |---|---|
 * | due entry | the claim; whoever knows the answer begins anew |
 * | row: `retrying`, next version | a retry without a call: whoever knows the answer makes it, or else the sweep |
 * | call | a report that says less than it could |
 * | pending state on the report | |
 */
export function retryDelivery(deps: {
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly clock: Clock;
  readonly log: Log;
}): RetryDelivery {
  return { schedule, callAgain };

  async function schedule(
    call: WakeUpCall,
    { leaseUntil: _over, ...row }: DeliveryRow,
    dueAt: Instant,
  ): Promise<'scheduled' | 'lost'> {
    const next: DeliveryRow = { ...row, state: 'retrying', version: row.version + 1, dueAt };
    await deps.dueIndex.add({ at: Math.max(dueAt, deps.clock.now()) + GRACE, kind: 'delivery', id: row.id });
    if ((await deps.ledger.change(next)) === 'lost') return 'lost';
    await callAgain(call, next);
    return 'scheduled';
  }

  /** Made twice, it is one: the broker knows the message id, and the row the version. */
  async function callAgain(call: WakeUpCall, row: DeliveryRow): Promise<void> {
    const now = deps.clock.now();
    const at = row.dueAt ?? now;
    const { slotAt: _slot, learned: _concluded, ...again } = call;
    await deps.deliveries.send([{ message: { ...again, version: row.version, hop: 0 }, at }]);
    await deps.ledger.recordPending(row.id, 'retrying', row.lastError?.code);
    deps.log.info('delivery.retrying', {
      notification: call.notification,
      conversation: call.conversation,
      traceparent: call.traceparent,
      attempt: row.attempts,
      code: row.lastError?.code,
      class: row.lastError?.class,
      meaning: row.lastError?.meaning,
      delayMs: Math.max(0, at - now),
    });
  }
}
