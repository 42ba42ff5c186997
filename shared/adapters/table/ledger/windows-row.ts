import { z } from 'zod';
import type { Line, SendWindows } from '../../../domain/delivery/pace.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { LINE, WINDOWS } from '../people/conversation-keys.ts';
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

/** The windows, or a line. Throws `CorruptRow`. */
export function fromWindowsRow(table: Pick<Table, 'name'>, row: StoredRow): SendWindows {
  return parseRow(table, row, rowSchema).windows;
}

export function lineKeys(conversation: ConversationKey): RowKeys {
  return { partitionKey: conversation, rowKey: LINE };
}

/** The line has a row of its own: a release that knows none writes the windows anew, and only the fields it knows. */
export function toLineRow(conversation: ConversationKey, line: Line): Row {
  return { ...lineKeys(conversation), windows: JSON.stringify(line) };
}
