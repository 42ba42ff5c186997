import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import type { Ledger } from '../../../ports/delivery/ledger.ts';
import type { StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { conversationOf, conversationsWithin, recipientOf } from './report-keys.ts';

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

/** The mark of those who were addressed as named; a release that knows none leaves it where it is. */
export const NAMED = 'named';

/** The addressed conversations of a report in key order that have no outcome. */
export async function unfinishedOf(
  notifications: Table,
  notification: NotificationId,
  range: Parameters<Ledger['unfinishedDeliveries']>[1],
): Promise<readonly ConversationKey[]> {
  const isNamed = range === 'named';
  const within = { partition: notification, ...conversationsWithin(isNamed ? undefined : range) };
  const rows = notifications.rows(within, { select: isNamed ? [NAMED] : [] });
  const unfinished: ConversationKey[] = [];
  for await (const { recipient, address, outcome } of recipientsOf(rows)) {
    const conversation = conversationOf(recipient);
    const isWanted = !isNamed || address?.[NAMED] === true;
    if (outcome === undefined && conversation !== undefined && isWanted) unfinished.push(conversation);
  }
  return unfinished;
}
