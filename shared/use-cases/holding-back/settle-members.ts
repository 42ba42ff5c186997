import { type DigestMember, membersOf } from '../../catalog/digest.ts';
import {
  type DeliveryId,
  type DeliveryResult,
  isReplayable,
  Outcome,
} from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { Instant } from '../../domain/time.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Log } from '../../ports/log.ts';

/** Members recorded at the same time. */
const AT_ONCE = 16;

/** Gives the members of a digest their outcomes, which follow from its own; does nothing for any other notification. */
export type SettleMembers = (notification: Notification, id: DeliveryId) => Promise<void>;

/**
 * The digest's own outcome is recorded first: until then its result may be unknown, and from then on this may be done
 * again by whoever comes, as the call that died half-way does when it comes back. Throws `StoreUnavailable`.
 */
export function settleMembers(deps: { readonly ledger: Ledger; readonly log: Log }): SettleMembers {
  return async (notification, id) => {
    const members = membersOf(notification.type, notification.data);
    if (members === undefined) return;
    const [result, row] = await Promise.all([deps.ledger.findOutcome(id), deps.ledger.findDelivery(id)]);
    if (result === undefined) return;
    const sentAt = row?.claimedAt ?? result.at;
    // A digest that was opened again settles members that have an outcome already.
    const isFirst = row === undefined || row.version <= 1;
    for (let start = 0; start < members.length; start += AT_ONCE) {
      await Promise.all(members.slice(start, start + AT_ONCE).map((member) => settle(member)));
    }

    async function settle(member: DigestMember): Promise<void> {
      const own = { notification: member.notification, conversation: id.conversation };
      const outcome = outcomeOf(member, result as DeliveryResult, sentAt); // Looked at above.
      if (!isFirst) await withdrawUnsure(own, outcome);
      await deps.ledger.recordOutcome(own, outcome);
      deps.log.info('delivery.outcome', {
        ...own,
        digest: id.notification,
        outcome: outcome.outcome,
        reason: outcome.reason,
        attempts: outcome.attempts,
        repeats: outcome.repeats,
      });
    }
  };

  /** The digest is being told once more: what it said of its members then is over. */
  async function withdrawUnsure(id: DeliveryId, outcome: DeliveryResult): Promise<void> {
    const known = await deps.ledger.findOutcome(id);
    if (known === undefined || known.outcome === outcome.outcome) return;
    if (isReplayable(known.outcome)) {
      await deps.ledger.withdrawOutcome(id, known);
    }
  }
}

/** Whether a member was in the message that was claimed at `sentAt`. */
export function isDue({ expiresAt }: DigestMember, sentAt: Instant): boolean {
  return expiresAt === undefined || sentAt < expiresAt;
}

function outcomeOf(member: DigestMember, result: DeliveryResult, sentAt: Instant): DeliveryResult {
  // The message is the digest's: it is no member's to change or to take back.
  const { activityId: _digests, ...own } = result;
  return isDue(member, sentAt) ? own : { outcome: Outcome.expired, at: sentAt, attempts: 0, repeats: 0 };
}
