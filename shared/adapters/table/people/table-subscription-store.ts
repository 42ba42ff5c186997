import type { Topic } from '../../../domain/event/topic.ts';
import type { ConversationKey, TenantKey } from '../../../domain/ids.ts';
import type { Subscription, SubscriptionStore } from '../../../ports/conversation/subscription-store.ts';
import { parsedOrReported } from '../row/parse-row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { OWN_SUBSCRIPTIONS, ownSubscriptionRow } from './conversation-keys.ts';
import { memberRow } from './directory-keys.ts';
import { fromSubscriptionRow, toSubscriptionRow } from './subscription-row.ts';
import { TenantIndex } from './tenant-index.ts';

/**
 * A subscription is two rows: the topic's member row, by which a broadcast finds the conversation, and the
 * conversation's own row, which is what the person is shown. The member row goes first both ways, so that a crash in
 * between never leaves somebody who left a topic among its members, and the turn that is repeated writes the rest.
 */
export class TableSubscriptionStore implements SubscriptionStore {
  readonly #service: TableService;
  readonly #conversations: Table;
  readonly #directory: Table;
  readonly #tenants: TenantIndex;

  constructor(service: TableService) {
    this.#service = service;
    this.#conversations = service.table('conversations');
    this.#directory = service.table('directory');
    this.#tenants = new TenantIndex(service);
  }

  async subscribe(subscription: Subscription): Promise<boolean> {
    const { conversation, tenant, topic } = subscription;
    const group = { kind: 'topic', topic } as const;
    await Promise.all([
      this.#tenants.add(group, tenant),
      // The topic itself is for whoever looks into the table: the key only holds its hash.
      this.#directory.put({ ...memberRow(group, tenant, conversation), topic }),
    ]);
    return (await this.#conversations.insert(toSubscriptionRow(subscription))) !== undefined;
  }

  async unsubscribe(
    conversation: { readonly key: ConversationKey; readonly tenant: TenantKey },
    topic: Topic,
  ): Promise<boolean> {
    const { key, tenant } = conversation;
    await this.#directory.remove(memberRow({ kind: 'topic', topic }, tenant, key));
    return this.#conversations.remove(ownSubscriptionRow(key, topic));
  }

  async subscriptionsOf(conversation: ConversationKey): Promise<readonly Subscription[]> {
    const subscriptions: Subscription[] = [];
    const rows = this.#conversations.rows({ partition: conversation, ...OWN_SUBSCRIPTIONS });
    for await (const row of rows) {
      const own = parsedOrReported(this.#service, () => fromSubscriptionRow(this.#conversations, row));
      if (own !== undefined) subscriptions.push(own);
    }
    return subscriptions.sort((a, b) => (a.topic < b.topic ? -1 : 1));
  }
}
