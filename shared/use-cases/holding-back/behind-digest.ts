import { DIGEST } from '../../catalog/digest.ts';
import type { EntryOf } from '../../catalog/entry.ts';
import { type DeliveryRow, Outcome } from '../../domain/delivery/delivery.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import { type Duration, days, type Instant, isFarAhead, seconds } from '../../domain/time.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Decision, DigestBefore, Hold, HoldingSettings, Known } from '../delivery/decision.ts';
import { hold } from './decide-policy.ts';
import { mayJoin } from './digest-of.ts';

/** The longest that a digest waits by its row, through quiet hours. */
const LONGEST_UNTIL_DUE: Duration = days(2);

/** What goes alone is looked at again so long after the digest before it was due. */
const UNTIL_TOLD: Duration = seconds(5);

/**
 * The digest that goes out before this one: of a digest the one that was formed before it, and of what was held back and goes
 * alone the last one, in which it had no room. `undefined` for everything else.
 */
export function digestBefore(
  { notification, row, desk }: Pick<Known, 'notification' | 'row' | 'desk'>,
  entryOf: EntryOf,
): NotificationId | undefined {
  if (notification.type === DIGEST) return row?.behind;
  return row?.state === 'deferred' && mayJoin({ row, notification }, entryOf)
    ? desk?.lastDigest?.id
    : undefined;
}

/** Holds back what comes behind a digest: another digest until a window later, anything else until that one is told. */
export function behindDigest(
  known: Known,
  { burst, entryOf }: HoldingSettings,
): Hold | Extract<Decision, { readonly do: 'look' }> | undefined {
  const { notification, before, now } = known;
  if (digestBefore(known, entryOf) === undefined) return undefined;
  if (before === undefined) return { do: 'look', at: 'digest' };
  const until =
    notification.type === DIGEST ? afterWindow(before, burst.window, now) : afterTold(before, now);
  return until > now ? { ...hold({ notification }, 'burst', until), isBehind: true } : undefined;
}

function afterWindow(before: DigestBefore, window: Duration, now: Instant): Instant {
  if (!before.isOver) return Math.max(before.dueAt, now) + window;
  const { toldAt } = before;
  return toldAt === undefined || isFarAhead(toldAt, now) ? now : toldAt + window;
}

/** A digest that something else holds back, a dialog or quiet hours, is waited for by nothing but the next digest. */
function afterTold(before: DigestBefore, now: Instant): Instant {
  return before.isOver || before.isHeld ? now : Math.max(before.dueAt, now) + UNTIL_TOLD;
}

/** How a digest stands. Throws `StoreUnavailable`. */
export async function lookAtDigest(
  { ledger }: { readonly ledger: Pick<Ledger, 'findDelivery' | 'findOutcome'> },
  id: { readonly notification: NotificationId; readonly conversation: ConversationKey },
  now: Instant,
): Promise<DigestBefore> {
  const [row, result] = await Promise.all([ledger.findDelivery(id), ledger.findOutcome(id)]);
  // Where its row is gone, it was removed or forgotten.
  if (row === undefined) return { isOver: true };
  if (result === undefined) return { isOver: false, dueAt: dueOf(row, now), isHeld: isHeldElse(row) };
  const mayBeSeen = result.outcome === Outcome.delivered || result.outcome === Outcome.unconfirmed;
  return mayBeSeen ? { isOver: true, toldAt: row.claimedAt ?? result.at } : { isOver: true };
}

function dueOf({ state, dueAt = 0 }: DeliveryRow, now: Instant): Instant {
  const isLater = state === 'deferred' || state === 'retrying';
  return isLater && !isFarAhead(dueAt, now, LONGEST_UNTIL_DUE) ? Math.max(dueAt, now) : now;
}

function isHeldElse({ state, deferral }: DeliveryRow): boolean {
  return state === 'deferred' && deferral !== 'burst';
}
