import { z } from 'zod';
import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import { type MissedList, MOST_LISTED } from '../../../ports/delivery/missed-list.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { MISSED } from '../people/conversation-keys.ts';
import { jsonText, notificationIdField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { RowKeys, StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

const rowSchema = z.object({ missed: jsonText(z.array(notificationIdField)) });

/** One row in the conversation's partition, which goes with it when it is forgotten. */
export class TableMissedList implements MissedList {
  readonly #conversations: Table;

  constructor(service: TableService) {
    this.#conversations = service.table('conversations');
  }

  async add(conversation: ConversationKey, notification: NotificationId): Promise<void> {
    const keys = keysOf(conversation);
    await untilWritten('list what was cut', async () => {
      const stored = await this.#conversations.get(keys);
      const listed = stored === undefined ? [] : this.#read(stored);
      if (listed.includes(notification)) return;
      const missed = JSON.stringify([notification, ...listed].slice(0, MOST_LISTED));
      // Unmarked: a write whose answer was lost is found in the list by the next look.
      const etag = await (stored === undefined
        ? this.#conversations.insert({ ...keys, missed })
        : this.#conversations.replace({ ...keys, missed }, stored.etag));
      return etag === undefined ? LOST : undefined;
    });
  }

  async of(conversation: ConversationKey): Promise<readonly NotificationId[]> {
    const stored = await this.#conversations.get(keysOf(conversation));
    return stored === undefined ? [] : this.#read(stored);
  }

  #read(row: StoredRow): readonly NotificationId[] {
    return parseRow(this.#conversations, row, rowSchema).missed;
  }
}

function keysOf(conversation: ConversationKey): RowKeys {
  return { partitionKey: conversation, rowKey: MISSED };
}
