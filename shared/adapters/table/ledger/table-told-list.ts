import { z } from 'zod';
import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import { MOST_LISTED, type ToldList, unitedList } from '../../../ports/delivery/told-list.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { ASKED, MISSED } from '../people/conversation-keys.ts';
import { jsonText, notificationIdField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { RowKeys, StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

const ROWS = { missed: MISSED, asked: ASKED } as const;
const listSchema = jsonText(z.array(notificationIdField));

/** One row in the conversation's partition, which goes with it when it is forgotten. */
export class TableToldList implements ToldList {
  readonly #conversations: Table;
  readonly #of: keyof typeof ROWS;

  constructor(service: TableService, of: keyof typeof ROWS) {
    this.#of = of;
    this.#conversations = service.table('conversations');
  }

  addTold(conversation: ConversationKey, notification: NotificationId): Promise<void> {
    return this.#change(conversation, (listed) =>
      listed.includes(notification) ? listed : [notification, ...listed].slice(0, MOST_LISTED),
    );
  }

  uniteTold(conversation: ConversationKey, notifications: readonly NotificationId[]): Promise<void> {
    return this.#change(conversation, (listed) => unitedList(listed, notifications));
  }

  async toldOf(conversation: ConversationKey): Promise<readonly NotificationId[]> {
    const stored = await this.#conversations.get(this.#keysOf(conversation));
    return stored === undefined ? [] : this.#read(stored);
  }

  /** Writes nothing where `change` gives the very list. */
  async #change(
    conversation: ConversationKey,
    change: (listed: readonly NotificationId[]) => readonly NotificationId[],
  ): Promise<void> {
    const keys = this.#keysOf(conversation);
    await untilWritten('list what was told', async () => {
      const stored = await this.#conversations.get(keys);
      const listed = stored === undefined ? [] : this.#read(stored);
      const next = change(listed);
      if (next === listed) return;
      const row = { ...keys, [this.#of]: JSON.stringify(next) };
      // Unmarked: a write whose answer was lost is found in the list by the next look.
      const etag = await (stored === undefined
        ? this.#conversations.insert(row)
        : this.#conversations.replace(row, stored.etag));
      return etag === undefined ? LOST : undefined;
    });
  }

  #read(row: StoredRow): readonly NotificationId[] {
    const schema = z.object({ list: listSchema });
    return parseRow(this.#conversations, { ...row, list: row[this.#of] }, schema).list;
  }

  #keysOf(conversation: ConversationKey): RowKeys {
    return { partitionKey: conversation, rowKey: ROWS[this.#of] };
  }
}
