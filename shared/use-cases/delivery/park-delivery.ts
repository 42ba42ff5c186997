import { createHash } from 'node:crypto';
import { type DeliveryRow, formatDeliveryId } from '../../domain/delivery/delivery.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Parking } from '../../ports/event/parking.ts';

const explanations = {
  exhausted: 'was tried as often and as long as deliveries are; replay it when the channel is well again',
  unconfirmed:
    'was sent with an unknown result, so the person may or may not have seen it; replaying may show it again',
} as const;

/** Puts a delivery that ended without reaching anybody for certain where an operator sees it. */
export async function parkDelivery(
  deps: { readonly parking: Parking; readonly clock: Clock },
  row: DeliveryRow,
  reason: keyof typeof explanations,
): Promise<void> {
  const delivery = formatDeliveryId(row.id);
  const last = row.lastError === undefined ? '' : ` (last: ${row.lastError.class} ${row.lastError.code})`;
  await deps.parking.park({
    id: createHash('sha256').update(`delivery\n${delivery}`).digest('base64url'),
    kind: 'delivery',
    reason,
    faults: [{ path: '', message: `${explanations[reason]}; attempts ${row.attempts}${last}` }],
    original: delivery,
    parkedAt: deps.clock.now(),
  });
}
