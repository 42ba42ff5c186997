import type { ConversationKey, NotificationId } from '../../../../shared/domain/ids.ts';
import { type MissedList, MOST_LISTED } from '../../../../shared/ports/delivery/missed-list.ts';
import type { InMemoryDirectory } from './in-memory-directory.ts';

export class InMemoryMissedList implements MissedList {
  readonly #directory: InMemoryDirectory;

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async add(conversation: ConversationKey, notification: NotificationId): Promise<void> {
    const listed = this.#directory.missed.get(conversation) ?? [];
    if (listed.includes(notification)) return;
    this.#directory.missed.set(conversation, [notification, ...listed].slice(0, MOST_LISTED));
  }

  async of(conversation: ConversationKey): Promise<readonly NotificationId[]> {
    return this.#directory.missed.get(conversation) ?? [];
  }
}
