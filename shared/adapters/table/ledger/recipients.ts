import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Ledger } from '../../../ports/delivery/ledger.ts';
import type { StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { conversationOf, conversationsWithin, outcomeKeys, recipientOf } from './report-keys.ts';

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

const AT_ONCE = 16;

/** The mark of those who were addressed as named; a release that knows none leaves it where it is. */
export const NAMED = 'named';

/** The addressed conversations of a report in key order that have no outcome; those who were named are few, and looked up one by one. */
export async function unfinishedOf(
  notifications: Table,
  notification: NotificationId,
  range: Parameters<Ledger['unfinishedDeliveries']>[1],
): Promise<readonly ConversationKey[]> {
  const isNamed = range === 'named';
  const all = { partition: notification, ...conversationsWithin(isNamed ? undefined : range) };
  const within = isNamed ? { ...all, where: { property: NAMED, is: true } as const } : all;
  const unfinished: ConversationKey[] = [];
  for await (const { recipient, outcome } of recipientsOf(notifications.rows(within, { select: [] }))) {
    const conversation = conversationOf(recipient);
    if (outcome === undefined && conversation !== undefined) unfinished.push(conversation);
  }
  if (!isNamed) return unfinished;
  const outcomes = await inParallel(unfinished, AT_ONCE, (conversation) =>
    notifications.get(outcomeKeys({ notification, conversation }), []),
  );
  return unfinished.filter((_conversation, index) => outcomes[index] === undefined);
}
