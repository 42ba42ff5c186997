import type { NotificationId } from '../../../../shared/domain/ids.ts';
import type { Retention } from '../../../../shared/ports/event/retention.ts';
import type { InMemoryLedger } from './in-memory-ledger.ts';
import type { InMemoryListStore } from './in-memory-list-store.ts';
import type { InMemoryLivingStore } from './in-memory-living-store.ts';
import type { InMemoryNotificationStore } from './in-memory-notification-store.ts';
import type { InMemoryParticularsStore } from './in-memory-particulars-store.ts';

interface Shelves {
  readonly ledger: InMemoryLedger;
  readonly living: InMemoryLivingStore;
  readonly lists: InMemoryListStore;
  readonly notifications: InMemoryNotificationStore;
  readonly particulars: InMemoryParticularsStore;
}

export class InMemoryRetention implements Retention {
  readonly #shelves: Shelves;

  constructor(shelves: Shelves) {
    this.#shelves = shelves;
  }

  async removeNotification(id: NotificationId, limit: number): Promise<'done' | 'more'> {
    const { ledger, living, lists, notifications, particulars } = this.#shelves;
    const isDone = ledger.removeReport(id, limit);
    living.removeOf(id);
    if (!isDone) return 'more';
    lists.remove(id);
    notifications.remove(id);
    particulars.remove(id);
    return 'done';
  }
}
