import type { Topic } from '../../domain/event/topic.ts';
import type { ConversationKey, TenantKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export interface Subscription {
  readonly conversation: ConversationKey;
  readonly tenant: TenantKey;
  readonly topic: Topic;
  readonly since: Instant;
}

/** Who asked for which topic. Every method may throw `StoreUnavailable`; each write may be repeated without harm. */
export interface SubscriptionStore {
  /** Gives whether it is new. */
  subscribe(subscription: Subscription): Promise<boolean>;
  /** Gives whether there was one. */
  unsubscribe(
    conversation: { readonly key: ConversationKey; readonly tenant: TenantKey },
    topic: Topic,
  ): Promise<boolean>;
  /** The conversation's own subscriptions, by topic. */
  subscriptionsOf(conversation: ConversationKey): Promise<readonly Subscription[]>;
}
