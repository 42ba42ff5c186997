import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Retention } from '../../../ports/event/retention.ts';
import { deliveryKeys } from '../ledger/delivery-row.ts';
import { recipientsOf } from '../ledger/recipients.ts';
import { conversationOf, REPORT } from '../ledger/report-keys.ts';
import { removeLivingOf } from '../living/remove-living.ts';
import { fromNotificationRow, notificationKeys } from '../notification/notification-row.ts';
import { LISTED } from '../notification/table-list-store.ts';
import { listedBy, TableNotificationListing } from '../notification/table-notification-listing.ts';
import { PARTICULARS } from '../notification/table-particulars-store.ts';
import { parsedOrReported } from '../row/parse-row.ts';
import type { RowKeys } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

/** Delivery rows lie in as many partitions as there are recipients, so each is an operation of its own. */
const AT_ONCE = 16;

/** The rows of one transaction. */
const MOST_TOGETHER = 100;

/** Removes rows of tables `notifications` and `conversations`. */
export class TableRetention implements Retention {
  readonly #conversations: Table;
  readonly #notifications: Table;
  readonly #listing: TableNotificationListing;
  readonly #service: TableService;

  constructor(service: TableService) {
    this.#service = service;
    this.#conversations = service.table('conversations');
    this.#notifications = service.table('notifications');
    this.#listing = new TableNotificationListing(service);
  }

  async removeNotification(id: NotificationId, limit: number): Promise<'done' | 'more'> {
    const reports: RowKeys[] = [];
    const conversations: ConversationKey[] = [];
    let recipients = 0;
    let more = false;
    const rows = this.#notifications.rows({ partition: id, ...REPORT }, { select: [] });
    for await (const { recipient, address, outcome } of recipientsOf(rows)) {
      if (recipients === limit) {
        more = true;
        break;
      }
      recipients += 1;
      for (const row of [address, outcome])
        if (row !== undefined) reports.push({ partitionKey: row.partitionKey, rowKey: row.rowKey });
      const conversation = conversationOf(recipient);
      if (conversation !== undefined) conversations.push(conversation);
    }
    // A report row is what leads to its delivery row, so it goes after it.
    await inParallel(conversations, AT_ONCE, (conversation) =>
      this.#conversations.remove(deliveryKeys({ notification: id, conversation })),
    );
    const stored = await this.#notifications.get(notificationKeys(id));
    const notification =
      stored && parsedOrReported(this.#service, () => fromNotificationRow(this.#notifications, stored));
    if (notification !== undefined) await removeLivingOf(this.#conversations, notification, conversations);
    await this.#removeAll(reports);
    if (more || (await this.#removeRange(id, PARTICULARS, limit)) === 'more') return 'more';
    if ((await this.#removeRange(id, LISTED, limit)) === 'more') return 'more';

    const rest: RowKeys[] = [];
    for await (const row of this.#notifications.rows({ partition: id }, { select: ['acceptedAt'] })) {
      rest.push({ partitionKey: row.partitionKey, rowKey: row.rowKey });
      const listed = listedBy(id, row.acceptedAt);
      if (listed !== undefined) await this.#listing.forget(listed);
    }
    await this.#removeAll(rest);
    return 'done';
  }

  async #removeRange(
    id: NotificationId,
    range: { readonly from: string; readonly below: string },
    limit: number,
  ): Promise<'done' | 'more'> {
    const found: RowKeys[] = [];
    for await (const row of this.#notifications.rows({ partition: id, ...range }, { select: [] })) {
      if (found.length === limit) break;
      found.push({ partitionKey: row.partitionKey, rowKey: row.rowKey });
    }
    await this.#removeAll(found);
    return found.length === limit ? 'more' : 'done';
  }

  /** Rows of one partition. */
  async #removeAll(rows: readonly RowKeys[]): Promise<void> {
    for (let start = 0; start < rows.length; start += MOST_TOGETHER) {
      const block = rows.slice(start, start + MOST_TOGETHER);
      const removed = await this.#notifications.transact(block.map((row) => ({ kind: 'remove', row })));
      if (removed !== undefined) continue;
      // One of them was gone already (another run of the timer): each by itself then.
      await inParallel(block, AT_ONCE, (keys) => this.#notifications.remove(keys));
    }
  }
}
