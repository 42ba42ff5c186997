import type { DeliveryResult, DeliveryRow } from '../../domain/delivery/delivery.ts';
import { Outcome, type SCHEDULED } from '../../domain/delivery/delivery.ts';

/**
 * Why a notification was told or not, one code for each sentence that is to be said of it. The reason says it where there is
 * one, the outcome or the state elsewhere.
 */
export type Why =
  | Outcome
  | NonNullable<DeliveryResult['reason']>
  | 'told-in-digest'
  | 'waiting-for-dialog'
  | 'quiet-hours'
  | 'burst'
  | typeof SCHEDULED
  | 'retrying'
  | 'queued';

const HELD: { readonly [Deferral in NonNullable<DeliveryRow['deferral']>]: Why } = {
  waiting: 'waiting-for-dialog',
  'quiet-hours': 'quiet-hours',
  burst: 'burst',
};

export function whyOf(row: DeliveryRow, result: DeliveryResult | undefined): Why {
  if (result === undefined) {
    if (row.state === 'deferred' && row.deferral !== undefined) return HELD[row.deferral];
    if (row.state === 'joined') return 'burst';
    return row.state === 'retrying' ? 'retrying' : 'queued';
  }
  if (result.outcome === Outcome.delivered && row.digest !== undefined) return 'told-in-digest';
  return result.reason ?? result.outcome;
}

/** The state as reports name it. */
export function stateOf(row: DeliveryRow, result: DeliveryResult | undefined): string {
  if (result !== undefined) return result.outcome;
  if (row.state === 'deferred' || row.state === 'joined') return 'deferred';
  return row.state === 'retrying' ? 'retrying' : 'queued';
}
