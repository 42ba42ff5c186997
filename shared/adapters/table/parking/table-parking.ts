import { defined } from '../../../domain/defined.ts';
import type { ParkedItem, Parking, ParkingReason } from '../../../ports/event/parking.ts';
import { parsedOrReported } from '../row/parse-row.ts';
import { checkedLimit } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import {
  fromParkedRow,
  isParkedId,
  PARKED,
  parkedKeys,
  REASON_FIELDS,
  reasonOf,
  rowsOfReason,
  toParkedRow,
} from './parked-row.ts';

/** A row may hold hundreds of kilobytes, so that a page of a thousand would be too much for one answer. */
const ROWS_AT_ONCE = 50;

/** Table `parked`. Few rows, in one partition; a listing leaves out what cannot be read and reports it. */
export class TableParking implements Parking {
  readonly #service: TableService;
  readonly #table: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#table = service.table('parked');
  }

  /** Throws `RangeError` for an id that is no hash, and for more than 960 KiB. */
  async parkItem(item: ParkedItem): Promise<void> {
    if (!isParkedId(item.id)) {
      throw new RangeError(
        'the id of a parked item must be 43 letters, digits, "-" or "_": give a SHA-256 hash',
      );
    }
    await this.#table.put(toParkedRow(item));
  }

  async findParked(id: string): Promise<ParkedItem | undefined> {
    if (!isParkedId(id)) return undefined;
    const row = await this.#table.get(parkedKeys(id));
    return row === undefined ? undefined : fromParkedRow(this.#table, row);
  }

  async listParked(page: {
    readonly limit: number;
    readonly after?: string;
    readonly reason?: ParkingReason;
  }): Promise<{ readonly items: readonly ParkedItem[]; readonly after?: string }> {
    const limit = checkedLimit(page.limit);
    if (page.after !== undefined && !isParkedId(page.after)) {
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    }
    const range = {
      partition: PARKED,
      ...defined({ after: page.after }),
      ...(page.reason === undefined ? {} : { where: rowsOfReason(page.reason) }),
    };
    const items: ParkedItem[] = [];
    let last: string | undefined;
    for await (const row of this.#table.rows(range, { pageSize: Math.min(limit + 1, ROWS_AT_ONCE) })) {
      if (items.length === limit && last !== undefined) return { items, after: last };
      const item = parsedOrReported(this.#service, () => fromParkedRow(this.#table, row));
      if (item !== undefined && page.reason !== undefined && item.reason !== page.reason) continue;
      last = row.rowKey;
      if (item !== undefined) items.push(item);
    }
    return { items };
  }

  async count(most: number): Promise<{ readonly [Reason in ParkingReason]?: number }> {
    const counts: { [Reason in ParkingReason]?: number } = {};
    let looked = 0;
    for await (const row of this.#table.rows({ partition: PARKED }, { select: REASON_FIELDS })) {
      if (looked === most) break;
      looked += 1;
      const reason = parsedOrReported(this.#service, () => reasonOf(this.#table, row));
      if (reason !== undefined) counts[reason] = (counts[reason] ?? 0) + 1;
    }
    return counts;
  }

  async dropParked(id: string, tag?: string): Promise<boolean> {
    return isParkedId(id) && this.#table.remove(parkedKeys(id), tag);
  }
}
