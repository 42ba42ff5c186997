import { type DeliveryRow, isInDoubt } from '../../domain/delivery/delivery.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Instant } from '../../domain/time.ts';

/**
 * The next version of a delivery's row that nobody claims for now, without what only its former state had to say; `row` is
 * absent when nobody has looked at the delivery yet. Whoever puts it off adds the new state and when it ends.
 */
export function restingRow(
  { notification, conversation }: WakeUpCall,
  row: DeliveryRow | undefined,
  now: Instant,
): Omit<DeliveryRow, 'state' | 'deferral' | 'leaseUntil' | 'withoutRequest'> {
  const {
    leaseUntil: _over,
    withoutRequest: _none,
    deferral: _ended,
    ...known
  } = row ?? { id: { notification, conversation }, version: 0 };
  return {
    attempts: 0,
    firstClaimedAt: now,
    ...known,
    // A claim that ran out without an outcome: its result is unknown.
    unconfirmed: (row?.unconfirmed ?? 0) + (isInDoubt(row) ? 1 : 0),
    version: known.version + 1,
  };
}
