import type { ConversationKey } from '../../../domain/ids.ts';
import type { StoredRow } from '../row/row.ts';
import { conversationOf, recipientOf } from './report-keys.ts';

/** The report rows of one recipient: one of the two at least. */
export interface RecipientRows {
  /** As `recipientOf` gives it. */
  readonly recipient: string;
  readonly address?: StoredRow;
  readonly outcome?: StoredRow;
}

/** Joins report rows in key order into recipients, holding no more than one recipient at a time. */
export async function* recipientsOf(
  rows: AsyncIterable<StoredRow>,
): AsyncGenerator<RecipientRows, void, undefined> {
  let current: RecipientRows | undefined;
  for await (const row of rows) {
    const { recipient, holdsOutcome } = recipientOf(row.rowKey);
    const part = holdsOutcome ? { outcome: row } : { address: row };
    if (current?.recipient === recipient) {
      current = { ...current, ...part };
    } else {
      if (current !== undefined) yield current;
      current = { recipient, ...part };
    }
  }
  if (current !== undefined) yield current;
}

/** The addressed conversations among report rows in key order that have no outcome. */
export async function unfinishedOf(rows: AsyncIterable<StoredRow>): Promise<readonly ConversationKey[]> {
  const unfinished: ConversationKey[] = [];
  for await (const { recipient, outcome } of recipientsOf(rows)) {
    const conversation = conversationOf(recipient);
    if (outcome === undefined && conversation !== undefined) unfinished.push(conversation);
  }
  return unfinished;
}
