import { defined } from '../../domain/defined.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Living } from '../../domain/living/living.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';

/** A change that ended so was not made, as far as anybody knows. */
const UNTOLD: ReadonlySet<Outcome> = new Set([
  Outcome.cancelled,
  Outcome.superseded,
  Outcome.expired,
  Outcome.suppressed,
  Outcome.rejected,
  Outcome.exhausted,
]);

/** Whose state a message tells of now; `isOpen`: unless the change ends untold, of which nothing is recorded yet. */
export interface LastTold {
  readonly notification?: NotificationId;
  readonly isOpen?: true;
}

/**
 * Whose state the message of a key tells of now, looked at from one of its states: that of the last change, unless that ended
 * untold; else that for which it was made. Throws `StoreUnavailable`.
 */
export async function lastTold(
  { ledger }: { readonly ledger: Pick<Ledger, 'findOutcome'> },
  { id, underWay, shown }: Living,
  own: NotificationId,
): Promise<LastTold> {
  if (underWay?.as !== 'change') return defined({ notification: shown?.notification });
  const { notification, of = id.conversation } = underWay;
  if (notification === own) return { notification };
  const result = await ledger.findOutcome({ notification, conversation: of });
  if (result === undefined) return { notification, isOpen: true };
  return UNTOLD.has(result.outcome) ? defined({ notification: shown?.notification }) : { notification };
}
