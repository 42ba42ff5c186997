import type { DeliveryResult, DeliveryRow } from '../../domain/delivery/delivery.ts';
import { Outcome, Pending } from '../../domain/delivery/delivery.ts';

/** What became of a delivery, as reports name it. */
export interface Became {
  readonly state: Outcome | Pending;
  readonly reason?: string;
  /** A code for the sentence that says why: the state, and behind it the reason where there is one, `suppressed/muted`. */
  readonly why: string;
}

export function becameOf(row: DeliveryRow, result: DeliveryResult | undefined): Became {
  if (result === undefined) return pendingOf(row);
  const { outcome, reason } = result;
  if (outcome === Outcome.delivered && row.digest !== undefined)
    return { state: outcome, why: 'delivered/digest' };
  return became(outcome, reason);
}

function pendingOf({ state, deferral }: DeliveryRow): Became {
  if (state === 'retrying') return became(Pending.retrying);
  if (state === 'deferred') return became(Pending.deferred, deferral);
  // It goes out with the digest that it became a part of.
  return state === 'joined' ? became(Pending.deferred, 'burst') : became(Pending.queued);
}

function became(state: Outcome | Pending, reason?: string): Became {
  return reason === undefined ? { state, why: state } : { state, reason, why: `${state}/${reason}` };
}
