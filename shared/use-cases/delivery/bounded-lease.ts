import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import { type Duration, type Instant, isFarAhead } from '../../domain/time.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';

/** Until when a claim is left alone; `undefined` when it has run out. Throws `StoreUnavailable`. */
export type BoundedLease = (row: DeliveryRow, now: Instant) => Promise<Instant | undefined>;

/**
 * A lease that ends later than any can was written by a machine with a wrong clock. Its worker began before now, so it ends
 * a lease from now at the latest; that is written down, because the next look has to know. The worker records what it
 * sent all the same; only a retry of its own it cannot write any more, and its request then counts as unknown.
 */
export function boundedLease(deps: {
  readonly ledger: Pick<Ledger, 'change'>;
  readonly claimLease: Duration;
}): BoundedLease {
  return async (row, now) => {
    const { leaseUntil } = row;
    if (leaseUntil === undefined || leaseUntil <= now) return undefined;
    if (!isFarAhead(leaseUntil, now, deps.claimLease)) return leaseUntil;
    await deps.ledger.change({ ...row, leaseUntil: now + deps.claimLease });
    return now + deps.claimLease;
  };
}
