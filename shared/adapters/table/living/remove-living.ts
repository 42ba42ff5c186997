import type { Notification } from '../../../domain/event/notification.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import { livingIdOf } from '../../../domain/living/living.ts';
import type { Table } from '../storage/table.ts';
import { livingKeys } from './living-row.ts';

const AT_ONCE = 16;

/** Removes the rows of a notification's key of which it is the newest state; with a newer one they are kept for that. */
export async function removeLivingOf(
  table: Table,
  notification: Notification,
  conversations: readonly ConversationKey[],
): Promise<void> {
  await inParallel(conversations, AT_ONCE, async (conversation) => {
    const id = livingIdOf(notification, conversation);
    if (id === undefined) return;
    const row = await table.get(livingKeys(id), ['newest']);
    if (row?.newest === notification.id) await table.remove(row, row.etag);
  });
}
