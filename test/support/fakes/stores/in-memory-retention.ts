import type { NotificationId } from '../../../../shared/domain/ids.ts';
import type { Retention } from '../../../../shared/ports/event/retention.ts';
import type { InMemoryLedger } from './in-memory-ledger.ts';
import type { InMemoryNotificationStore } from './in-memory-notification-store.ts';
import type { InMemoryParticularsStore } from './in-memory-particulars-store.ts';

export class InMemoryRetention implements Retention {
  readonly #ledger: InMemoryLedger;
  readonly #notifications: InMemoryNotificationStore;
  readonly #particulars: InMemoryParticularsStore;

  constructor(
    ledger: InMemoryLedger,
    notifications: InMemoryNotificationStore,
    particulars: InMemoryParticularsStore,
  ) {
    this.#particulars = particulars;
    this.#ledger = ledger;
    this.#notifications = notifications;
  }

  async removeNotification(id: NotificationId, limit: number): Promise<'done' | 'more'> {
    if (!this.#ledger.removeReport(id, limit)) return 'more';
    this.#notifications.remove(id);
    this.#particulars.remove(id);
    return 'done';
  }
}
