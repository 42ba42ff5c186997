import { defined } from '../../domain/defined.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import { mayBeDone } from '../../domain/delivery/learned.ts';
import { timesMadeAgain } from '../../domain/delivery/wake-up-call.ts';
import { DeliveryMode } from '../../domain/event/notification.ts';
import { isSuperseded, type Turn, turnOf } from '../../domain/living/living.ts';
import { type Duration, seconds } from '../../domain/time.ts';
import type { DeliveryDesk } from '../../ports/delivery/ledger.ts';
import type { Decision, Final, HoldingSettings, Known } from '../delivery/decision.ts';
import { endedByCancel } from '../delivery/is-cancelled.ts';
import { endedByPolicy } from '../holding-back/decide-policy.ts';

/** Whoever waits for another state's request asks again after a second, and less and less often. */
const FIRST_WAIT: Duration = seconds(1);
const LONGEST_WAIT: Duration = seconds(15);

/** What this state does to what is there, as far as it is known. */
export function turnKnown({ notification, living, now, ahead }: Known): Turn {
  return turnOf(notification, living, { now, ...defined({ ahead }) });
}

/** Whether it changes a message that is there: what holds messages back does not apply then. */
export function isChange(known: Known): boolean {
  return known.living !== undefined && turnKnown(known).as === 'change';
}

/** A newer state of the same key takes the place of this one. One that may have been seen is called so. */
export function superseded({ row, notification, living }: Known): Final | undefined {
  if (living === undefined || !isSuperseded(notification, living)) return undefined;
  return endedByCancel(row, Outcome.superseded);
}

/** Nobody is to be told any more. One that may have been seen is called so: also a change that may have been made. */
export function cancelled({ row, notification, living }: Known): Final {
  const { notification: changing, as } = living?.underWay ?? {};
  const isChanging = as === 'change' && changing === notification.id;
  const mayBeMade = row?.state === 'claimed' || (row?.lastError !== undefined && mayBeDone(row.lastError));
  return isChanging && mayBeMade ? { do: 'final', outcome: Outcome.unconfirmed } : endedByCancel(row);
}

/** Another state's request comes first, as long as it may be under way; and changes have a second each. */
export function behindAnother(known: Known): Decision | undefined {
  const turn = turnKnown(known);
  if (turn.as === 'look') return { do: 'look', at: 'key' };
  if (turn.as !== 'wait') return undefined;
  const { now, call } = known;
  const patience = Math.min(FIRST_WAIT * 2 ** Math.min(timesMadeAgain(call.hop), 10), LONGEST_WAIT);
  return { do: 'later', why: 'key', until: turn.until ?? now + patience };
}

/** What ends a change: its own time, or that nobody may be written to. Wishes about new messages do not. */
export function endedForChange(
  known: Known & { readonly desk: DeliveryDesk },
  holding: HoldingSettings,
): Final | undefined {
  const { notification } = known;
  const delivery = { ...notification.delivery, urgent: true, mode: DeliveryMode.adHoc };
  return endedByPolicy({ ...known, notification: { ...notification, delivery } }, holding);
}

/** Whoever made the request wrote down what is shown, and died before the outcome was recorded. */
export function toldByKey({ row, notification, living }: Known): Decision | undefined {
  const { shown, underWay } = living ?? {};
  const isTold =
    row?.state === 'claimed' && underWay === undefined && shown?.notification === notification.id;
  if (!isTold) return undefined;
  return { do: 'told', ids: { activityId: shown.activityId, shownIn: shown.conversationId } };
}
