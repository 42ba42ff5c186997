import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Table } from '../storage/table.ts';
import { DELIVERIES, fromDeliveryRow } from './delivery-row.ts';

/** Deliveries of one conversation that are looked at for what somebody points at. */
const MOST_LOOKED_AT = 10_000;

/** Deliveries of a conversation whose last request was made since `from`, the newest first. */
export async function toldLately(
  conversations: Table,
  conversation: ConversationKey,
  { from, most }: { readonly from: Instant; readonly most: number },
): Promise<readonly { readonly notification: NotificationId; readonly at: Instant }[]> {
  const found: { readonly notification: NotificationId; readonly at: Instant }[] = [];
  let looked = 0;
  for await (const row of conversations.rows({ partition: conversation, ...DELIVERIES })) {
    looked += 1;
    const { id, claimedAt = 0 } = fromDeliveryRow(conversations, row);
    if (claimedAt >= from) found.push({ notification: id.notification, at: claimedAt });
    if (looked >= MOST_LOOKED_AT) break;
  }
  return found.sort((a, b) => b.at - a.at).slice(0, most);
}
