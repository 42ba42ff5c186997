import { type DeliveryId, Outcome } from '../../domain/delivery/delivery.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import { type ToldAsDeps, toldAs } from '../conversation/told-as.ts';

/**
 * By which delivery an addressee may have seen a notification: that of the key they go by, or of one before; `undefined` where
 * they did not. Throws `StoreUnavailable`.
 */
export type WasTold = (id: DeliveryId) => Promise<DeliveryId | undefined>;

export interface WasToldDeps extends ToldAsDeps {
  readonly ledger: Pick<Ledger, 'findDelivery' | 'findOutcome'>;
}

/** Looks for the outcome, which is missing for a moment after the message was shown: then the claim says it. */
export function wasTold(deps: WasToldDeps): WasTold {
  return ({ notification, conversation: addressee }) =>
    toldAs(deps, addressee, async (conversation) => {
      const id = { notification, conversation };
      return (await isTold(id)) ? id : undefined;
    });

  async function isTold(id: DeliveryId): Promise<boolean> {
    const result = await deps.ledger.findOutcome(id);
    if (result !== undefined) {
      const { outcome } = result;
      return outcome === Outcome.delivered || outcome === Outcome.updated || outcome === Outcome.unconfirmed;
    }
    const row = await deps.ledger.findDelivery(id);
    return row?.state === 'claimed' || row?.state === 'moved';
  }
}
