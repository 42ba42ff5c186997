import { type DigestMember, membersOf, withMembers } from '../../catalog/digest.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';

/** The digest as it may still be told; `undefined` where each of its members was cancelled. */
export type LeaveOutCancelled = (
  digest: Notification,
  conversation: ConversationKey,
) => Promise<Notification | undefined>;

/**
 * Takes those members out of a digest that were cancelled since it was made. For a digest that was never asked to be
 * shown only: what a person may have seen keeps its members.
 *
 * Order of writes: outcome of each cancelled member -> claim of the digest -> request. The first outcome stands, so what
 * becomes of the digest changes nothing for a member that was left out, whatever dies in between.
 */
export function leaveOutCancelled(deps: {
  readonly ledger: Pick<Ledger, 'record'>;
  readonly notifications: Pick<NotificationStore, 'cancellation'>;
  readonly clock: Clock;
}): LeaveOutCancelled {
  return async (digest, conversation) => {
    const members = membersOf(digest.type, digest.data) ?? [];
    const left: DigestMember[] = [];
    for (const member of members) {
      const { notification } = member;
      if ((await deps.notifications.cancellation(notification)) === undefined) {
        left.push(member);
        continue;
      }
      const result = { outcome: Outcome.cancelled, at: deps.clock.now(), attempts: 0, repeats: 0 };
      await deps.ledger.record({ notification, conversation }, result);
    }
    if (left.length === members.length) return digest;
    if (left.length === 0) return undefined;
    return {
      ...digest,
      data: withMembers(digest.data, (member) =>
        left.some((one) => one.notification === member.notification),
      ),
    };
  };
}
