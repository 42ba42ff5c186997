import type { DeliveryId } from '../../../domain/delivery/delivery.ts';
import { type ConversationKey, isConversationKey, type NotificationId } from '../../../domain/ids.ts';
import type { RowKeys } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';

/*
 * The report in table `notifications`, in the partition of the notification:
 *
 *   r:<conversation>     addressed, and what it waits for
 *   r:<conversation>:o   its outcome, right behind, so that one range reads both
 *   r~<label>:o          the outcome of a recipient whom nobody knows; behind all others
 *
 * The outcome is a row of its own because it is inserted: the first one stands, in one operation and without
 * having read anything. In one row with the address it could only be merged over.
 */

const ADDRESSED = 'r:';
const UNKNOWN = 'r~';
const OUTCOME = ':o';
/** Sorts behind `:`, so that `<key>;` lies behind all rows of `<key>`. */
const BEHIND = ';';

/** All report rows. */
export const REPORT = { from: ADDRESSED, below: startingWith(UNKNOWN).below };

export function addressKeys({ notification, conversation }: DeliveryId): RowKeys {
  return { partitionKey: notification, rowKey: `${ADDRESSED}${conversation}` };
}

export function outcomeKeys({ notification, conversation }: DeliveryId): RowKeys {
  return { partitionKey: notification, rowKey: `${ADDRESSED}${conversation}${OUTCOME}` };
}

/** Throws `RangeError` for a label that is no hash: it stands in a key, and on the report. */
export function unknownKeys(notification: NotificationId, label: string): RowKeys {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(label)) {
    throw new RangeError('a label must be 1 to 128 letters, digits, "-" or "_": give a hash of the name');
  }
  return { partitionKey: notification, rowKey: `${UNKNOWN}${label}${OUTCOME}` };
}

/** The rows of the conversations in (after, upTo]; without a range, of all. */
export function conversationsWithin(
  range: { readonly after?: ConversationKey; readonly upTo: ConversationKey } | undefined,
) {
  if (range === undefined) return startingWith(ADDRESSED);
  return {
    from: range.after === undefined ? ADDRESSED : behind(`${ADDRESSED}${range.after}`),
    below: behind(`${ADDRESSED}${range.upTo}`),
  };
}

/** Where the rows behind a recipient begin; `recipient` as `recipientOf` gives it. */
export function behind(recipient: string): string {
  return `${recipient}${BEHIND}`;
}

/** Reads a row key: whose row it is, in an order that is the table's, and whether it holds the outcome. */
export function recipientOf(rowKey: string): { readonly recipient: string; readonly holdsOutcome: boolean } {
  return rowKey.endsWith(OUTCOME)
    ? { recipient: rowKey.slice(0, -OUTCOME.length), holdsOutcome: true }
    : { recipient: rowKey, holdsOutcome: false };
}

/** The conversation key or the label. */
export function nameOf(recipient: string): string {
  return recipient.slice(ADDRESSED.length);
}

export function conversationOf(recipient: string): ConversationKey | undefined {
  const name = nameOf(recipient);
  return recipient.startsWith(ADDRESSED) && isConversationKey(name) ? name : undefined;
}

/** Whether `after` is what a page of results gave. */
export function isRecipient(after: string): boolean {
  return /^r[:~][A-Za-z0-9_-]{1,128}$/.test(after);
}
