import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { type Duration, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import { restingRow } from '../delivery/resting-row.ts';
import { GRACE } from '../intake/plan-notification.ts';
import { decidePolicy, type Hold, type HoldingSettings } from './decide-policy.ts';
import { releaseHop } from './release-deferred.ts';

/** A time that is this much earlier than the one that a row has is taken as the same. */
const SAME: Duration = seconds(0.05);

/** Puts a delivery off that may not go out yet; `lost` when somebody else wrote its row since it was read. */
export type DeferDelivery = (
  call: WakeUpCall,
  deferring: {
    readonly notification: Notification;
    /** As it was read; absent when nobody has looked at the delivery yet. */
    readonly row: DeliveryRow | undefined;
    readonly hold: Hold;
  },
) => Promise<'deferred' | 'lost'>;

/**
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | due entry | an entry that the sweep finds to be over |
 * | call for the time at which the hold ends | a call that looks at the delivery then |
 * | row: `deferred`, next version | a deferred delivery; the call at hand comes again and looks at it anew |
 * | look again: what ended meanwhile did not see the row | |
 * | pending state on the report | a report that says less than it could |
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function deferDelivery(deps: {
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly holding: HoldingSettings;
}): DeferDelivery {
  return async (call, { notification, row, hold }) => {
    const now = deps.clock.now();
    if (row?.state === 'deferred' && isAwaited(row, hold, now)) return 'deferred';
    const next = deferredRow(call, row, hold, now);
    const { slotAt: _slot, learned: _none, ...again } = call;
    const later = { ...again, version: next.version };
    await deps.dueIndex.add({ at: hold.until + GRACE, kind: 'delivery', id: next.id });
    await deps.deliveries.send([{ message: { ...later, hop: 0 }, at: hold.until }]);
    const written = await deps.ledger.defer(next);
    if (written === 'lost') return 'lost';

    // Whoever ended the reason either saw the row and wakes it, or ended it before this look.
    const desk = await deps.ledger.desk(call.conversation);
    const asked = { notification, row: written, desk, now: deps.clock.now() };
    const decided = decidePolicy(asked, deps.holding);
    if (decided.kind !== 'hold' || decided.until < hold.until - SAME) {
      await deps.deliveries.send([{ message: { ...later, hop: releaseHop(deps.clock) } }]);
    }
    await deps.ledger.recordPending(next.id, 'deferred', hold.reason);
    deps.log.info('delivery.deferred', {
      notification: call.notification,
      conversation: call.conversation,
      traceparent: call.traceparent,
      reason: hold.reason,
      delayMs: hold.until - now,
    });
    return 'deferred';
  };
}

/** A call is on its way that comes no later than the hold ends, and looks again then. */
function isAwaited({ dueAt, deferral }: DeliveryRow, { until, reason }: Hold, now: number): boolean {
  return dueAt !== undefined && dueAt > now && dueAt - SAME <= until && deferral === reason;
}

function deferredRow(
  call: WakeUpCall,
  row: DeliveryRow | undefined,
  { reason, until, waitUntil }: Hold,
  now: number,
): DeliveryRow {
  const deadline = waitUntil ?? row?.waitUntil;
  return {
    ...restingRow(call, row, now),
    state: 'deferred',
    deferral: reason,
    dueAt: until,
    ...(deadline === undefined ? {} : { waitUntil: deadline }),
  };
}
