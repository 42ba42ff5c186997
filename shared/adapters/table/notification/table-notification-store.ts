import type { Walk } from '../../../domain/event/job.ts';
import type { Notification } from '../../../domain/event/notification.ts';
import type { NotificationId } from '../../../domain/ids.ts';
import type { NotificationStore } from '../../../ports/event/notification-store.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { fromNotificationRow, notificationKeys, plannedKeys, toNotificationRow } from './notification-row.ts';
import { fromWalkRow, toWalkRow, WALKS, walkKeys } from './walk-row.ts';

/** A walk has one writer but for a page that runs twice: more losses in a row than this are a fault. */
const MOST_RACES = 8;

/** Notifications, their plan mark and their walks, in table `notifications`. */
export class TableNotificationStore implements NotificationStore {
  readonly #table: Table;

  constructor(service: TableService) {
    this.#table = service.table('notifications');
  }

  /**
   * A first call whose answer was lost, and which the client repeated, gives `known`. Throws `RangeError` for a
   * notification of more than 960 KiB.
   */
  async accept(notification: Notification): Promise<'new' | 'known'> {
    const etag = await this.#table.insert(toNotificationRow(notification));
    return etag === undefined ? 'known' : 'new';
  }

  async find(id: NotificationId): Promise<Notification | undefined> {
    const row = await this.#table.get(notificationKeys(id));
    return row === undefined ? undefined : fromNotificationRow(this.#table, row);
  }

  async isPlanned(id: NotificationId): Promise<boolean> {
    return (await this.#table.get(plannedKeys(id), [])) !== undefined;
  }

  async markPlanned(id: NotificationId): Promise<void> {
    await this.#table.put(plannedKeys(id));
  }

  async beginWalk(walk: Walk): Promise<void> {
    await this.#table.insert(toWalkRow(walk));
  }

  async advanceWalk(walk: Walk): Promise<void> {
    for (let race = 0; race < MOST_RACES; race++) {
      const row = await this.#table.get(walkKeys(walk));
      if (row === undefined) {
        if ((await this.#table.insert(toWalkRow(walk))) !== undefined) return;
        continue;
      }
      const stored = fromWalkRow(this.#table, row);
      if (!isAhead(walk, stored)) return;
      if ((await this.#table.replace(toWalkRow(walk), row.etag)) !== undefined) return;
    }
    // The page is told again by its message; advancing twice writes the same.
    throw new StoreUnavailable('advance walk', new Error(`lost ${MOST_RACES} races in a row`));
  }

  /** A walk that cannot be read throws `CorruptRow`: without it nobody could say whether all were reached. */
  async walks(id: NotificationId): Promise<readonly Walk[]> {
    const walks: Walk[] = [];
    for await (const row of this.#table.rows({ partition: id, ...WALKS })) {
      walks.push(fromWalkRow(this.#table, row));
    }
    return walks;
  }
}

/** Keys are compared as the table sorts them. */
function isAhead(next: Walk, stored: Walk): boolean {
  if (stored.done) return false;
  if (next.done) return true;
  return next.after !== undefined && (stored.after === undefined || next.after > stored.after);
}
