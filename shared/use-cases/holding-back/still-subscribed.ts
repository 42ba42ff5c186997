import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { Notification, Recipient } from '../../domain/event/notification.ts';
import { coveringTopics } from '../../domain/event/topic.ts';
import { proofNamedBy, proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { WatchStore } from '../../ports/prices/watch-store.ts';

/** Of some notifications, those that a conversation still wants to hear of. Throws `StoreUnavailable`. */
export type StillSubscribed = (
  conversation: Conversation,
  notifications: readonly Notification[],
) => Promise<ReadonlySet<NotificationId>>;

/**
 * Looks at the subscriptions and watches once more for what was held back: it was addressed to the subscribers of a topic
 * or the watchers of a hotel, and the person may have ended that since. What was addressed to the person stays wanted.
 */
export function stillSubscribed(deps: {
  readonly subscriptions: SubscriptionStore;
  readonly watches: Pick<WatchStore, 'of'>;
  readonly vouching: Vouching;
}): StillSubscribed {
  return async (conversation, notifications) => {
    const byTopic = notifications.filter(({ to }) => to.some((recipient) => 'topic' in recipient));
    const topics =
      byTopic.length === 0
        ? []
        : (await deps.subscriptions.of(conversation.key)).map((subscription) => subscription.topic);
    const subscribed = new Set(topics);
    const byHotel = notifications.some(({ to }) => to.some((recipient) => 'watchersOf' in recipient));
    const watched = new Set(
      byHotel ? (await deps.watches.of(conversation.key)).map(({ hotel }) => hotel) : [],
    );
    return new Set(
      notifications
        .filter(
          ({ to }) =>
            // One that was to people only is still to them, whichever of their ids they were known by then.
            !to.some((recipient) => 'topic' in recipient || 'watchersOf' in recipient) ||
            to.some((recipient) => {
              if ('watchersOf' in recipient) return watched.has(recipient.watchersOf);
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
  recipient: Exclude<Recipient, { readonly topic: unknown } | { readonly watchersOf: unknown }>,
  conversation: Conversation,
  vouching: Vouching,
): boolean {
  if ('conversation' in recipient) return recipient.conversation === conversation.key;
  if (!('user' in recipient)) return true;
  const proofs = proofsOf(conversation.user, conversation, vouching);
  return proofNamedBy(recipient, conversation.channelId, proofs) !== undefined;
}
