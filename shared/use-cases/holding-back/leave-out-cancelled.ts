import { type DigestMember, membersOf, withMembers } from '../../catalog/digest.ts';
import { defined } from '../../domain/defined.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import { isSuperseded, type Living, type LivingId, livingIdOf } from '../../domain/living/living.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';

/** A member of a digest that is a state of something, with the row of its key as it was read. */
export interface KeyedMember {
  readonly member: Notification;
  readonly id: LivingId;
  readonly living?: Living;
}

/** A digest as it may still be told, and the rows that its claim has to write. */
export interface ToTell {
  readonly notification: Notification;
  readonly keyed?: readonly KeyedMember[];
}

/** `undefined` where none of the members is to be told any more. `mayBeSeen`: it was asked for before, with an unknown result. */
export type LeaveOutCancelled = (
  digest: Notification,
  conversation: ConversationKey,
  mayBeSeen: boolean,
) => Promise<ToTell | undefined>;

/**
 * Takes those members out of a digest that were cancelled since it was made, or have a newer state. What a person may have
 * seen keeps what was cancelled, and not what a newer state took the place of: that was told meanwhile.
 *
 * The rows of the members' keys are written together with the digest's claim. So a newer state was noted before and the claim
 * is lost, or is looked at behind it and waits.
 *
 * Order of writes: outcome of each member that is left out -> claim of the digest -> request. The first outcome stands, so what
 * becomes of the digest changes nothing for a member that was left out, whatever dies in between.
 */
export function leaveOutCancelled(deps: {
  readonly ledger: Pick<Ledger, 'recordOutcome'>;
  readonly notifications: Pick<NotificationStore, 'findCancellation' | 'findNotification'>;
  readonly living: Pick<LivingStore, 'findLiving'>;
  readonly clock: Clock;
}): LeaveOutCancelled {
  return async (digest, conversation, mayBeSeen) => {
    const members = membersOf(digest.type, digest.data) ?? [];
    const left: DigestMember[] = [];
    const keyed: KeyedMember[] = [];
    for (const member of members) {
      const { notification } = member;
      const { outcome, key } = await lookAt(notification, conversation, mayBeSeen);
      if (outcome === undefined) {
        left.push(member);
        if (key !== undefined) keyed.push(key);
        continue;
      }
      const result = { outcome, at: deps.clock.now(), attempts: 0, repeats: 0 };
      await deps.ledger.recordOutcome({ notification, conversation }, result);
    }
    if (left.length === members.length) return { notification: digest, keyed };
    if (left.length === 0) return undefined;
    const isLeft = (member: DigestMember) => left.some((one) => one.notification === member.notification);
    return { notification: { ...digest, data: withMembers(digest.data, isLeft) }, keyed };
  };

  /** How a member ends that is not to be told any more, and the row of its key. */
  async function lookAt(
    id: NotificationId,
    conversation: ConversationKey,
    mayBeSeen: boolean,
  ): Promise<{ readonly outcome?: Outcome; readonly key?: KeyedMember }> {
    if (!mayBeSeen && (await deps.notifications.findCancellation(id)) !== undefined)
      return { outcome: Outcome.cancelled };
    const member = await deps.notifications.findNotification(id);
    const name = member && livingIdOf(member, conversation);
    if (member === undefined || name === undefined) return {};
    const living = await deps.living.findLiving(name);
    if (isSuperseded(member, living))
      return { outcome: mayBeSeen ? Outcome.unconfirmed : Outcome.superseded };
    return { key: { member, id: name, ...defined({ living }) } };
  }
}
