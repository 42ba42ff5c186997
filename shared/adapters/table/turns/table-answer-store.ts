import { z } from 'zod';
import type { ConversationKey } from '../../../domain/ids.ts';
import type { AnswerId, AnswerStore, StoredAnswer } from '../../../ports/conversation/answer-store.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';
import { instantField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type RowKeys } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

const rowSchema = z.object({
  choice: z.string(),
  at: instantField,
  turn: z.string(),
  published: z.boolean().optional(),
});

/**
 * Answers lie in table `notifications`, in the partition of the notification: `a:<conversation>`, in groups
 * `a:<conversation>:<person>`. They are inserted, so that the first one stands.
 */
export class TableAnswerStore implements AnswerStore {
  readonly #notifications: Table;

  constructor(service: TableService) {
    this.#notifications = service.table('notifications');
  }

  async keep(
    answer: StoredAnswer,
  ): Promise<{ readonly stands: StoredAnswer; readonly isPublished: boolean }> {
    const { id, choice, at, turn } = answer;
    const keys = answerKeys(id);
    const inserted = await this.#notifications.insert({ ...keys, choice, at: double(at), turn });
    if (inserted !== undefined) return { stands: answer, isPublished: false };
    const row = await this.#notifications.get(keys);
    // It was there a moment ago; whoever removes answers has them removed with the notification.
    if (row === undefined) throw new StoreUnavailable('keep an answer', new Error('removed meanwhile'));
    const { published, ...stored } = parseRow(this.#notifications, row, rowSchema);
    return { stands: { id, ...stored }, isPublished: published === true };
  }

  async markPublished(id: AnswerId): Promise<void> {
    await this.#notifications.mergeExisting({ ...answerKeys(id), published: true });
  }
}

/** What the row keys of all answers of a conversation begin with: 43 characters of its key, so that no other's do. */
export function answersOf(conversation: ConversationKey): string {
  return `a:${conversation}`;
}

function answerKeys({ notification, conversation, person }: AnswerId): RowKeys {
  return {
    partitionKey: notification,
    rowKey: `${answersOf(conversation)}${person === undefined ? '' : `:${person}`}`,
  };
}
