import type { ConversationKey, NotificationId, TenantKey } from '../../../../shared/domain/ids.ts';
import {
  type ListedPerson,
  type ListProgress,
  type ListStore,
  NOT_BEGUN,
} from '../../../../shared/ports/event/list-store.ts';
import { byKey, pageOf } from './in-memory-directory.ts';

export class InMemoryListStore implements ListStore {
  readonly #progress = new Map<NotificationId, ListProgress>();
  readonly #people = new Map<NotificationId, Map<ConversationKey, TenantKey>>();
  readonly #excepted = new Map<NotificationId, Set<ConversationKey>>();

  async listProgress(id: NotificationId): Promise<ListProgress> {
    return this.#progress.get(id) ?? NOT_BEGUN;
  }

  async advanceList(
    id: NotificationId,
    change: (before: ListProgress) => ListProgress,
  ): Promise<ListProgress> {
    const next = change(this.#progress.get(id) ?? NOT_BEGUN);
    this.#progress.set(id, next);
    return next;
  }

  async addToList(id: NotificationId, people: readonly ListedPerson[]): Promise<void> {
    const all = this.#people.get(id) ?? new Map<ConversationKey, TenantKey>();
    for (const { key, tenant } of people) all.set(key, tenant);
    this.#people.set(id, all);
  }

  async exceptFromList(id: NotificationId, keys: readonly ConversationKey[]): Promise<void> {
    this.#excepted.set(id, new Set([...(this.#excepted.get(id) ?? []), ...keys]));
  }

  async tenantsOnList(id: NotificationId): Promise<readonly TenantKey[]> {
    return [...new Set(this.#people.get(id)?.values() ?? [])].sort(byKey);
  }

  async membersOnList(
    id: NotificationId,
    tenant: TenantKey,
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly keys: readonly ConversationKey[]; readonly done: boolean }> {
    const keys = [...(this.#people.get(id) ?? [])].flatMap(([key, of]) => (of === tenant ? [key] : []));
    const { items, after } = pageOf(keys.sort(byKey), page, (key) => key);
    return { keys: items, done: after === undefined };
  }

  async excepted(
    id: NotificationId,
    keys: readonly ConversationKey[],
  ): Promise<ReadonlySet<ConversationKey>> {
    return new Set(keys.filter((key) => this.#excepted.get(id)?.has(key)));
  }

  remove(id: NotificationId): void {
    for (const shelf of [this.#progress, this.#people, this.#excepted]) shelf.delete(id);
  }
}
