import { z } from 'zod';
import type { DeliveryId } from '../../../domain/delivery/delivery.ts';
import type { JsonObject } from '../../../domain/event/notification.ts';
import type { ParticularsStore } from '../../../ports/delivery/particulars-store.ts';
import { chunkedJson, toChunks } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { RowKeys } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

const rowSchema = chunkedJson('particulars', z.record(z.string(), z.unknown()));

const PREFIX = 'x:';
/** Of table `notifications`, in the partition of the notification, with which they go. */
export const PARTICULARS = startingWith(PREFIX);

export function particularsKeys({ notification, conversation }: DeliveryId): RowKeys {
  return { partitionKey: notification, rowKey: `${PREFIX}${conversation}` };
}

export class TableParticularsStore implements ParticularsStore {
  readonly #notifications: Table;

  constructor(service: TableService) {
    this.#notifications = service.table('notifications');
  }

  async keepParticulars(id: DeliveryId, particulars: JsonObject): Promise<void> {
    await this.#notifications.insert({
      ...particularsKeys(id),
      ...toChunks('particulars', JSON.stringify(particulars)),
    });
  }

  /** Throws `CorruptRow`. */
  async findParticulars(id: DeliveryId): Promise<JsonObject | undefined> {
    const row = await this.#notifications.get(particularsKeys(id));
    return row === undefined ? undefined : parseRow(this.#notifications, row, rowSchema);
  }
}
