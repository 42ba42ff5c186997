import type { Notification } from '../../../domain/event/notification.ts';
import { isNotificationId, type NotificationId } from '../../../domain/ids.ts';
import { days, type Instant } from '../../../domain/time.ts';
import type { Listed, NotificationListing } from '../../../ports/event/notification-listing.ts';
import type { RowKeys } from '../row/row.ts';
import { dayOf, downFrom, startOfDay } from '../storage/newest-first.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { notificationKeys } from './notification-row.ts';

const PREFIX = 'o';
const PAGE = 200;

/** Rows `o:<day>` / `<instant, counted down>:<notification>` of table `directory`, without properties. */
export class TableNotificationListing implements NotificationListing {
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#directory = service.table('directory');
  }

  async note(listed: Listed): Promise<void> {
    await this.#directory.put(listingRow(listed));
  }

  async forget(listed: Listed): Promise<void> {
    await this.#directory.remove(listingRow(listed));
  }

  async *acceptedBetween(
    since: Instant,
    until: Instant | { readonly behind: Listed },
  ): AsyncIterable<Listed> {
    const start =
      typeof until === 'number'
        ? { from: `${downFrom(until)}:` }
        : { after: listingRow(until.behind).rowKey };
    const first = typeof until === 'number' ? until : until.behind.acceptedAt;
    const below = `${downFrom(since)};`;
    for (let day = startOfDay(first); day >= startOfDay(since); day -= days(1)) {
      const rows = this.#directory.rows(
        { partition: dayOf(PREFIX, day), ...start, below },
        { pageSize: PAGE, select: [] },
      );
      for await (const { rowKey } of rows) {
        const [instant = '', id = ''] = rowKey.split(':');
        if (isNotificationId(id)) yield { notification: id, acceptedAt: Number(downFrom(Number(instant))) };
      }
    }
  }
}

export function listingRow({ notification, acceptedAt }: Listed): RowKeys {
  return { partitionKey: dayOf(PREFIX, acceptedAt), rowKey: `${downFrom(acceptedAt)}:${notification}` };
}

/** Where a notification is listed whose row this is. */
export function placeOf({ id, acceptedAt }: Pick<Notification, 'id' | 'acceptedAt'>): Listed {
  return { notification: id, acceptedAt };
}

/** Where a notification is listed that somebody else accepted; `undefined` where it was removed meanwhile. */
export async function storedPlace(notifications: Table, id: NotificationId): Promise<Listed | undefined> {
  const row = await notifications.get(notificationKeys(id), ['acceptedAt']);
  return row && listedBy(id, row.acceptedAt);
}

/** What a notification's own row tells of where it is listed. */
export function listedBy(notification: NotificationId, acceptedAt: unknown): Listed | undefined {
  return typeof acceptedAt === 'number' ? { notification, acceptedAt } : undefined;
}
