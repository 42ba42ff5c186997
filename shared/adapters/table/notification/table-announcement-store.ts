import { inParallel } from '../../../domain/in-parallel.ts';
import type { Announced, AnnouncementStore } from '../../../ports/event/announcement-store.ts';
import type { Listed } from '../../../ports/event/notification-listing.ts';
import { toDueRow } from '../due/due-row.ts';
import { addressKeys } from '../ledger/report-keys.ts';
import type { Row } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { plannedKeys, toNotificationRow } from './notification-row.ts';
import { listingRow, placeOf, storedPlace } from './table-notification-listing.ts';

/** A transaction holds so many rows at most. */
const MOST_TOGETHER = 100;
/** Transactions under way at the same time. */
const AT_ONCE = 16;
/** Of those that hold a hundred rows each, so many: all of them go to one partition. */
const LARGE_AT_ONCE = 2;

/**
 * One transaction a notification, because content, plan mark and report row share its partition; and one a hundred of
 * the due entries, because they share a minute, and of the listing's rows, because they share a day. The latter come last, so that
 * each is listed where the stored one belongs.
 */
export class TableAnnouncementStore implements AnnouncementStore {
  readonly #notifications: Table;
  readonly #due: Table;
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#notifications = service.table('notifications');
    this.#due = service.table('due');
    this.#directory = service.table('directory');
  }

  async keep(announced: readonly Announced[]): Promise<void> {
    const entries = announced.flatMap(({ dueEntries }) => dueEntries.map(toDueRow));
    await inParallel(blocksOf(entries), LARGE_AT_ONCE, (rows) =>
      this.#due.transact(rows.map((row) => ({ kind: 'put', row }))),
    );
    const places = await inParallel(announced, AT_ONCE, (one) => this.#keepOne(one));
    const listed = places.flatMap((place) => (place === undefined ? [] : [listingRow(place)]));
    await inParallel(blocksOf(listed), LARGE_AT_ONCE, (rows) =>
      this.#directory.transact(rows.map((row) => ({ kind: 'put', row }))),
    );
  }

  /** Gives where it is listed: by the time that the stored one has, which may be another's. */
  async #keepOne({ notification, conversation }: Announced): Promise<Listed | undefined> {
    const { id } = notification;
    const tags = await this.#notifications.transact([
      { kind: 'insert', row: toNotificationRow(notification) },
      { kind: 'merge', row: { ...addressKeys({ notification: id, conversation }), a: true } },
      { kind: 'put', row: plannedKeys(id) },
    ]);
    // Refused where it is known: then all three rows are there.
    return tags === undefined ? storedPlace(this.#notifications, id) : placeOf(notification);
  }
}

/** Distinct rows of one partition each, as many as a transaction holds. */
function blocksOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const partitions = new Map<string, Map<string, Row>>();
  for (const row of rows) {
    const same = partitions.get(row.partitionKey) ?? new Map<string, Row>();
    partitions.set(row.partitionKey, same.set(row.rowKey, row));
  }
  return [...partitions.values()].flatMap((same) => {
    const all = [...same.values()];
    return Array.from({ length: Math.ceil(all.length / MOST_TOGETHER) }, (_, block) =>
      all.slice(block * MOST_TOGETHER, (block + 1) * MOST_TOGETHER),
    );
  });
}
