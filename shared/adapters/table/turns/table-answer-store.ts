import { z } from 'zod';
import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import {
  type AnswerId,
  type AnswerStore,
  type KeptAnswer,
  type StoredAnswer,
  sequenceAfter,
} from '../../../ports/conversation/answer-store.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { instantField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

/** No place has more people than this. */
const MOST_COUNTED = 10_000;

const rowSchema = z.object({
  choice: z.string(),
  at: instantField,
  turn: z.string(),
  published: z.boolean().optional(),
  // The former release keeps the first answer, and leaves this out.
  sequence: z.number().optional(),
});

/**
 * Answers lie in table `notifications`, in the partition of the notification: `a:<conversation>`, in groups
 * `a:<conversation>:<person>`. The last one stands. A worker of the former release beside reads it, and changes none.
 */
export class TableAnswerStore implements AnswerStore {
  readonly #notifications: Table;

  constructor(service: TableService) {
    this.#notifications = service.table('notifications');
  }

  async keepAnswer(answer: StoredAnswer): Promise<KeptAnswer> {
    return untilWritten('keep an answer', async () => {
      const { at } = answer;
      const read = await this.#read(answer.id);
      if (read === undefined) {
        const kept: KeptAnswer = {
          stands: answer,
          sequence: sequenceAfter(undefined, at),
          isPublished: false,
        };
        return (await this.#notifications.insert(toRow(kept))) === undefined ? LOST : kept;
      }
      if (read.kept.stands.turn === answer.turn) return read.kept;
      const kept: KeptAnswer = { stands: answer, sequence: sequenceAfter(read.kept, at), isPublished: false };
      return (await this.#notifications.replace(toRow(kept), read.etag)) === undefined ? LOST : kept;
    });
  }

  async findAnswer(id: AnswerId): Promise<KeptAnswer | undefined> {
    return (await this.#read(id))?.kept;
  }

  async count(
    notification: NotificationId,
    conversation: ConversationKey,
  ): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    let read = 0;
    const range = { partition: notification, ...startingWith(answersOf(conversation)) };
    for await (const row of this.#notifications.rows(range)) {
      const { choice } = parseRow(this.#notifications, row, rowSchema);
      counts.set(choice, (counts.get(choice) ?? 0) + 1);
      read += 1;
      if (read === MOST_COUNTED) break;
    }
    return counts;
  }

  async markPublished(id: AnswerId, turn: string): Promise<void> {
    await untilWritten('mark an answer', async () => {
      const read = await this.#read(id);
      if (read?.kept.stands.turn !== turn || read.kept.isPublished) return undefined;
      const marked = await this.#notifications.replace(toRow({ ...read.kept, isPublished: true }), read.etag);
      return marked === undefined ? LOST : undefined;
    });
  }

  async #read(id: AnswerId): Promise<{ readonly kept: KeptAnswer; readonly etag: string } | undefined> {
    const row = await this.#notifications.get(answerKeys(id));
    if (row === undefined) return undefined;
    const { published, sequence, ...stored } = parseRow(this.#notifications, row, rowSchema);
    const kept = {
      stands: { id, ...stored },
      sequence: sequence ?? stored.at,
      isPublished: published === true,
    };
    return { kept, etag: row.etag };
  }
}

function toRow({ stands: { id, choice, at, turn }, sequence, isPublished }: KeptAnswer): Row {
  return {
    ...answerKeys(id),
    choice,
    at: double(at),
    turn,
    sequence: double(sequence),
    ...(isPublished ? { published: true } : {}),
  };
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
