import { type DeliveryId, Outcome } from '../../domain/delivery/delivery.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';

/** Whether a person may have seen a notification. Throws `StoreUnavailable`. */
export type WasTold = (id: DeliveryId) => Promise<boolean>;

/** Looks for the outcome, which is missing for a moment after the message was shown: then the claim says it. */
export function wasTold({
  ledger,
}: {
  readonly ledger: Pick<Ledger, 'findDelivery' | 'findOutcome'>;
}): WasTold {
  return async (id) => {
    const result = await ledger.findOutcome(id);
    if (result !== undefined) {
      const { outcome } = result;
      return outcome === Outcome.delivered || outcome === Outcome.updated || outcome === Outcome.unconfirmed;
    }
    const row = await ledger.findDelivery(id);
    return row?.state === 'claimed' || row?.state === 'moved';
  };
}
