import { type DigestMember, membersOf, withMembers } from '../../catalog/digest.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import { isSuperseded } from '../../domain/living/living.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { livingOf } from '../living/note-state.ts';

/** The digest as it may still be told; `undefined` where none of its members is to be told any more. */
export type LeaveOutCancelled = (
  digest: Notification,
  conversation: ConversationKey,
) => Promise<Notification | undefined>;

/**
 * Takes those members out of a digest that were cancelled since it was made, or have a newer state. For a digest that was never asked to be
 * shown only: what a person may have seen keeps its members.
 *
 * Order of writes: outcome of each member that is left out -> claim of the digest -> request. The first outcome stands, so what
 * becomes of the digest changes nothing for a member that was left out, whatever dies in between.
 */
export function leaveOutCancelled(deps: {
  readonly ledger: Pick<Ledger, 'record'>;
  readonly notifications: Pick<NotificationStore, 'cancellation' | 'find'>;
  readonly living: Pick<LivingStore, 'find'>;
  readonly clock: Clock;
}): LeaveOutCancelled {
  return async (digest, conversation) => {
    const members = membersOf(digest.type, digest.data) ?? [];
    const left: DigestMember[] = [];
    for (const member of members) {
      const { notification } = member;
      const outcome = await endOf(notification, conversation);
      if (outcome === undefined) {
        left.push(member);
        continue;
      }
      const result = { outcome, at: deps.clock.now(), attempts: 0, repeats: 0 };
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

  /** How a member ends that is not to be told any more. */
  async function endOf(id: NotificationId, conversation: ConversationKey): Promise<Outcome | undefined> {
    if ((await deps.notifications.cancellation(id)) !== undefined) return Outcome.cancelled;
    const notification = await deps.notifications.find(id);
    if (notification === undefined) return undefined;
    const { living } = await livingOf(deps, notification, { conversation });
    return isSuperseded(notification, living) ? Outcome.superseded : undefined;
  }
}
