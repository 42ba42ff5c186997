import { z } from 'zod';
import type { DialogStatus } from '../../../domain/conversation/dialog-status.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { instantField, notificationIdField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { DIALOG_STATUS } from './conversation-keys.ts';

const rowSchema = z.object({
  active: z.boolean(),
  interruption: notificationIdField.optional(),
  lastSpokenAt: instantField,
});

export function toDialogStatusRow(conversation: ConversationKey, status: DialogStatus): Row {
  return {
    partitionKey: conversation,
    rowKey: DIALOG_STATUS,
    active: status.active,
    interruption: status.interruption,
    lastSpokenAt: double(status.lastSpokenAt),
  };
}

/** Throws `CorruptRow`. */
export function fromDialogStatusRow(table: Pick<Table, 'name'>, row: StoredRow): DialogStatus {
  const { active, interruption, lastSpokenAt } = parseRow(table, row, rowSchema);
  return { active, lastSpokenAt, ...(interruption === undefined ? {} : { interruption }) };
}
