import type { Topic } from '../../../../shared/domain/event/topic.ts';
import type { ConversationKey, TenantKey } from '../../../../shared/domain/ids.ts';
import type {
  Subscription,
  SubscriptionStore,
} from '../../../../shared/ports/conversation/subscription-store.ts';
import { byKey, type InMemoryDirectory } from './in-memory-directory.ts';

export class InMemorySubscriptionStore implements SubscriptionStore {
  readonly #directory: InMemoryDirectory;

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async subscribe(subscription: Subscription): Promise<boolean> {
    const name = nameOf(subscription.conversation, subscription.topic);
    const tenants = this.#directory.topicTenants.get(subscription.topic) ?? new Set();
    this.#directory.topicTenants.set(subscription.topic, tenants.add(subscription.tenant));
    if (this.#directory.subscriptions.has(name)) return false;
    this.#directory.subscriptions.set(name, structuredClone(subscription));
    return true;
  }

  async unsubscribe(
    conversation: { readonly key: ConversationKey; readonly tenant: TenantKey },
    topic: Topic,
  ): Promise<boolean> {
    return this.#directory.subscriptions.delete(nameOf(conversation.key, topic));
  }

  async subscriptionsOf(conversation: ConversationKey): Promise<readonly Subscription[]> {
    const own = [...this.#directory.subscriptions.values()].filter(
      (subscription) => subscription.conversation === conversation,
    );
    return structuredClone(own.sort((a, b) => byKey(a.topic, b.topic)));
  }
}

function nameOf(conversation: ConversationKey, topic: Topic): string {
  return `${conversation} ${topic}`;
}
