import type { DueIndex } from '../../../../shared/ports/delivery/due-index.ts';
import type { Ledger } from '../../../../shared/ports/delivery/ledger.ts';
import type { Announced, AnnouncementStore } from '../../../../shared/ports/event/announcement-store.ts';
import type { NotificationStore } from '../../../../shared/ports/event/notification-store.ts';

/** Over the stores that the other tests look into. */
export class InMemoryAnnouncementStore implements AnnouncementStore {
  readonly #stores: {
    readonly notifications: NotificationStore;
    readonly ledger: Ledger;
    readonly dueIndex: DueIndex;
  };

  constructor(stores: {
    readonly notifications: NotificationStore;
    readonly ledger: Ledger;
    readonly dueIndex: DueIndex;
  }) {
    this.#stores = stores;
  }

  async keep(announced: readonly Announced[]): Promise<void> {
    for (const { notification, conversation, dueEntries } of announced) {
      for (const entry of dueEntries) await this.#stores.dueIndex.addDue(entry);
      if ((await this.#stores.notifications.acceptNotification(notification)) === 'known') continue;
      await this.#stores.ledger.addressRecipients(notification.id, [conversation]);
      await this.#stores.notifications.markPlanned(notification.id);
    }
  }
}
