import { isNotificationId, type NotificationId } from '../../../domain/ids.ts';
import { days, type Instant, toIso } from '../../../domain/time.ts';
import type { Listed, NotificationListing } from '../../../ports/event/notification-listing.ts';
import type { RowKeys } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

/** Instants count down from here, so that the newest has the first key. */
const LAST = 9_999_999_999_999;
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

  async *between(since: Instant, until: Instant | { readonly behind: Listed }): AsyncIterable<Listed> {
    const start =
      typeof until === 'number'
        ? { from: `${downFrom(until)}:` }
        : { after: listingRow(until.behind).rowKey };
    const first = typeof until === 'number' ? until : until.behind.acceptedAt;
    const below = `${downFrom(since)};`;
    for (let day = startOfDay(first); day >= startOfDay(since); day -= days(1)) {
      const rows = this.#directory.rows(
        { partition: dayOf(day), ...start, below },
        { pageSize: PAGE, select: [] },
      );
      for await (const { rowKey } of rows) {
        const [instant = '', id = ''] = rowKey.split(':');
        if (isNotificationId(id)) yield { notification: id, acceptedAt: LAST - Number(instant) };
      }
    }
  }
}

export function listingRow({ notification, acceptedAt }: Listed): RowKeys {
  return { partitionKey: dayOf(acceptedAt), rowKey: `${downFrom(acceptedAt)}:${notification}` };
}

/** What a notification's own row tells of where it is listed. */
export function listedBy(notification: NotificationId, acceptedAt: unknown): Listed | undefined {
  return typeof acceptedAt === 'number' ? { notification, acceptedAt } : undefined;
}

function downFrom(at: Instant): string {
  return String(LAST - at).padStart(String(LAST).length, '0');
}

function startOfDay(at: Instant): Instant {
  return Math.floor(at / days(1)) * days(1);
}

/** `o:2026-11-22` */
function dayOf(at: Instant): string {
  return `o:${toIso(at).slice(0, 10)}`;
}
