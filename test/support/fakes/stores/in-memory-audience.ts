import type { ConversationKey, TenantKey } from '../../../../shared/domain/ids.ts';
import type { Audience, MemberGroup, PlainGroup } from '../../../../shared/ports/delivery/audience.ts';
import { byKey, type InMemoryDirectory, pageOf } from './in-memory-directory.ts';

export class InMemoryAudience implements Audience {
  readonly #directory: InMemoryDirectory;

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async tenants(group: PlainGroup): Promise<readonly TenantKey[]> {
    return [...(this.#tenantsOf(group) ?? [])].sort(byKey);
  }

  async members(
    group: MemberGroup,
    tenant: TenantKey,
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly keys: readonly ConversationKey[]; readonly done: boolean }> {
    const reachable = this.#keysOf(group, tenant)
      .filter((key) => this.#directory.conversations.get(key)?.suppressed === undefined)
      .sort(byKey);
    const { items, after } = pageOf(reachable, page, (key) => key);
    return { keys: items, done: after === undefined };
  }

  async membersAmong(
    group: MemberGroup,
    tenant: TenantKey,
    keys: readonly ConversationKey[],
  ): Promise<ReadonlySet<ConversationKey>> {
    const members = new Set(this.#keysOf(group, tenant));
    return new Set(keys.filter((key) => members.has(key)));
  }

  #tenantsOf(group: PlainGroup): ReadonlySet<TenantKey> | undefined {
    switch (group.kind) {
      case 'everyone':
        return this.#directory.tenants;
      case 'topic':
        return this.#directory.topicTenants.get(group.topic);
      case 'kept':
        return this.#directory.keptTenants.get(group.key);
    }
  }

  #keysOf(group: MemberGroup, tenant: TenantKey): ConversationKey[] {
    if (group.kind === 'everyone') {
      return [...this.#directory.conversations.values()]
        .filter((record) => record.tenant === tenant && record.conversationId !== undefined)
        .map(({ key }) => key);
    }
    return [...this.#directory.subscriptions.values()]
      .filter((subscription) => subscription.tenant === tenant && subscription.topic === group.topic)
      .map(({ conversation }) => conversation);
  }
}
