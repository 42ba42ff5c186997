import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { KeptRecipient, Notification, Recipient } from '../../domain/event/notification.ts';
import { coveringTopics } from '../../domain/event/topic.ts';
import { proofNamedBy, proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** Of some notifications, those that a conversation still wants to hear of. Throws `StoreUnavailable`. */
export type StillSubscribed = (
  conversation: Conversation,
  notifications: readonly Notification[],
) => Promise<ReadonlySet<NotificationId>>;

/** Notifications whose kinds are asked at the same time. */
const ASKED_AT_ONCE = 16;

/**
 * Looks at the subscriptions once more, and asks the kinds, for what was held back: it was addressed to the subscribers of
 * a topic or to a kind's own group, and the person may have ended that since. What was addressed to the person stays wanted.
 */
export function stillSubscribed(deps: {
  readonly subscriptions: SubscriptionStore;
  readonly kinds: Pick<AllKinds, 'stillWanted'>;
  readonly vouching: Vouching;
}): StillSubscribed {
  return async (conversation, notifications) => {
    const byTopic = notifications.filter(({ to }) => to.some((recipient) => 'topic' in recipient));
    const topics =
      byTopic.length === 0
        ? []
        : (await deps.subscriptions.subscriptionsOf(conversation.key)).map(
            (subscription) => subscription.topic,
          );
    const subscribed = new Set(topics);
    const unwanted = new Set<NotificationId>();
    await inParallel(notifications, ASKED_AT_ONCE, async (notification) => {
      const answer = await deps.kinds.stillWanted('held-back', notification, conversation.key);
      if (answer !== undefined) unwanted.add(notification.id);
    });
    return new Set(
      notifications
        .filter(
          ({ id, to }) =>
            // One that was to people only is still to them, whichever of their ids they were known by then.
            !to.some((recipient) => 'topic' in recipient || 'keptBy' in recipient) ||
            to.some((recipient) => {
              if ('keptBy' in recipient) return !unwanted.has(id);
              return 'topic' in recipient
                ? coveringTopics(recipient.topic).some((topic) => subscribed.has(topic))
                : mayName(recipient, conversation, deps.vouching);
            }),
        )
        .map(({ id }) => id),
    );
  };
}

/** Whether a recipient that is no audience may be this conversation, or one among others. */
function mayName(
  recipient: Exclude<Recipient, { readonly topic: unknown } | KeptRecipient>,
  conversation: Conversation,
  vouching: Vouching,
): boolean {
  if ('conversation' in recipient) return recipient.conversation === conversation.key;
  if (!('user' in recipient)) return true;
  const proofs = proofsOf(conversation.user, conversation, vouching);
  return proofNamedBy(recipient, conversation.channelId, proofs) !== undefined;
}
