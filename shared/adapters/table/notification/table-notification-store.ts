import type { Cancellation } from '../../../domain/event/cancellation.ts';
import type { Walk } from '../../../domain/event/job.ts';
import type { Notification } from '../../../domain/event/notification.ts';
import type { NotificationId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Marked, NotedRequest, NotificationStore } from '../../../ports/event/notification-store.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import {
  CANCELLATION,
  cancellationKeys,
  fromCancellationRow,
  NOTIFICATION_AND_CANCELLATION,
  toCancellationRow,
} from './cancellation-row.ts';
import { fromNotificationRow, notificationKeys, plannedKeys, toNotificationRow } from './notification-row.ts';
import { fromRequestRow, requestKeys, toRequestRow } from './request-row.ts';
import { placeOf, storedPlace, TableNotificationListing } from './table-notification-listing.ts';
import { fromWalkRow, toWalkRow, WALKS, walkKeys } from './walk-row.ts';

/** Notifications, their plan mark and their walks, in table `notifications`. */
export class TableNotificationStore implements NotificationStore {
  readonly #table: Table;
  readonly #listing: TableNotificationListing;

  constructor(service: TableService) {
    this.#table = service.table('notifications');
    this.#listing = new TableNotificationListing(service);
  }

  /**
   * A first call whose answer was lost, and which the client repeated, gives `known`. Throws `RangeError` for a
   * notification of more than 960 KiB.
   *
   * Order of writes: notification -> its place in the listing, by the time that the stored one has. Whoever comes again writes
   * that place again, in case the first one died before it.
   */
  async acceptNotification(notification: Notification): Promise<'new' | 'known'> {
    const isNew = (await this.#table.insert(toNotificationRow(notification))) !== undefined;
    const listed = isNew ? placeOf(notification) : await storedPlace(this.#table, notification.id);
    if (listed !== undefined) await this.#listing.note(listed);
    return isNew ? 'new' : 'known';
  }

  async findNotification(id: NotificationId): Promise<Notification | undefined> {
    const row = await this.#table.get(notificationKeys(id));
    return row === undefined ? undefined : fromNotificationRow(this.#table, row);
  }

  noteRequest(id: NotificationId, request: NotedRequest): Promise<NotedRequest> {
    return untilWritten('note a request', async () => {
      const etag = await this.#table.insert(toRequestRow(id, request));
      return etag === undefined ? ((await this.findRequest(id)) ?? LOST) : request;
    });
  }

  async findRequest(id: NotificationId): Promise<NotedRequest | undefined> {
    const row = await this.#table.get(requestKeys(id));
    return row === undefined ? undefined : fromRequestRow(this.#table, row);
  }

  async findMarkedNotification(id: NotificationId): Promise<Marked> {
    const marked: { -readonly [Field in keyof Marked]: Marked[Field] } = {
      notification: undefined,
      cancellation: undefined,
    };
    for await (const row of this.#table.rows({ partition: id, ...NOTIFICATION_AND_CANCELLATION })) {
      if (row.rowKey === CANCELLATION) marked.cancellation = fromCancellationRow(this.#table, row);
      else marked.notification = fromNotificationRow(this.#table, row);
    }
    return marked;
  }

  cancelNotification(id: NotificationId, at: Instant, recall?: true): Promise<Cancellation> {
    return untilWritten('cancel', async () => {
      const row = await this.#table.get(cancellationKeys(id));
      const before = row === undefined ? { at } : fromCancellationRow(this.#table, row);
      if (row !== undefined && (recall === undefined || before.recall === true)) return before;
      const next = recall === undefined ? before : { ...before, recall };
      const written = toCancellationRow(id, next);
      const etag = await (row === undefined
        ? this.#table.insert(written)
        : this.#table.replace(written, row.etag));
      return etag === undefined ? LOST : next;
    });
  }

  async findCancellation(id: NotificationId): Promise<Cancellation | undefined> {
    const row = await this.#table.get(cancellationKeys(id));
    return row === undefined ? undefined : fromCancellationRow(this.#table, row);
  }

  async noteNotAddressed(id: NotificationId, count: number): Promise<void> {
    await untilWritten('count who was not addressed', async () => {
      const row = await this.#table.get(cancellationKeys(id));
      // Removed with all that it was about.
      if (row === undefined) return;
      const known = fromCancellationRow(this.#table, row);
      if (known.notAddressed !== undefined) return;
      const next = { ...known, notAddressed: count };
      const etag = await this.#table.replace(toCancellationRow(id, next), row.etag);
      return etag === undefined ? LOST : undefined;
    });
  }

  async isPlanned(id: NotificationId, as?: 'listed'): Promise<boolean> {
    return (await this.#table.get(plannedKeys(id, as), [])) !== undefined;
  }

  async markPlanned(id: NotificationId, as?: 'listed'): Promise<boolean> {
    return (await this.#table.insert(plannedKeys(id, as))) !== undefined;
  }

  async beginWalk(walk: Walk): Promise<void> {
    await this.#table.insert(toWalkRow(walk));
  }

  async advanceWalk(walk: Walk): Promise<void> {
    // Where all are lost, the page is told again by its message; advancing twice writes the same.
    await untilWritten('advance walk', async () => {
      const row = await this.#table.get(walkKeys(walk));
      if (row !== undefined && !isAhead(walk, fromWalkRow(this.#table, row))) return;
      const etag = await (row === undefined
        ? this.#table.insert(toWalkRow(walk))
        : this.#table.replace(toWalkRow(walk), row.etag));
      return etag === undefined ? LOST : undefined;
    });
  }

  /** A walk that cannot be read throws `CorruptRow`: without it nobody could say whether all were reached. */
  async walksOf(id: NotificationId): Promise<readonly Walk[]> {
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
