import { z } from 'zod';
import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import type { LastDigest } from '../../../ports/delivery/ledger.ts';
import { LAST_DIGEST } from '../people/conversation-keys.ts';
import { notificationIdField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

const rowSchema = z.object({ digest: notificationIdField });

/** A row of its own: a release that knows none leaves it as it is. */
export function toLastDigestRow(conversation: ConversationKey, digest: NotificationId): Row {
  return { partitionKey: conversation, rowKey: LAST_DIGEST, digest };
}

/** Throws `CorruptRow`. */
export function fromLastDigestRow(table: Pick<Table, 'name'>, row: StoredRow): LastDigest {
  return { id: parseRow(table, row, rowSchema).digest, tag: row.etag };
}
