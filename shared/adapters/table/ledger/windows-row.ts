import { z } from 'zod';
import type { SendWindows } from '../../../domain/delivery/pace.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { WINDOWS } from '../people/conversation-keys.ts';
import { countField, instantField, jsonText } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

const rowSchema = z.object({
  windows: jsonText(
    z.object({
      recent: z.array(instantField),
      older: z.array(z.object({ minute: instantField, count: countField })),
      bursts: z.array(instantField),
    }),
  ),
});

export function windowsKeys(conversation: ConversationKey): RowKeys {
  return { partitionKey: conversation, rowKey: WINDOWS };
}

export function toWindowsRow(conversation: ConversationKey, windows: SendWindows): Row {
  return { ...windowsKeys(conversation), windows: JSON.stringify(windows) };
}

/** Throws `CorruptRow`. */
export function fromWindowsRow(table: Pick<Table, 'name'>, row: StoredRow): SendWindows {
  return parseRow(table, row, rowSchema).windows;
}
