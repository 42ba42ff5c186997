import type { ConversationKey, NotificationId } from '../../../../shared/domain/ids.ts';
import { MOST_LISTED, type ToldList, unitedList } from '../../../../shared/ports/delivery/told-list.ts';

export class InMemoryToldList implements ToldList {
  readonly #lists: Map<ConversationKey, readonly NotificationId[]>;

  constructor(lists: Map<ConversationKey, readonly NotificationId[]>) {
    this.#lists = lists;
  }

  async addTold(conversation: ConversationKey, notification: NotificationId): Promise<void> {
    const listed = this.#lists.get(conversation) ?? [];
    if (listed.includes(notification)) return;
    this.#lists.set(conversation, [notification, ...listed].slice(0, MOST_LISTED));
  }

  async uniteTold(conversation: ConversationKey, notifications: readonly NotificationId[]): Promise<void> {
    this.#lists.set(conversation, unitedList(this.#lists.get(conversation) ?? [], notifications));
  }

  async toldOf(conversation: ConversationKey): Promise<readonly NotificationId[]> {
    return this.#lists.get(conversation) ?? [];
  }
}
