import { z } from 'zod';
import type { DialogStatus } from '../../../domain/conversation/dialog-status.ts';
import type { TurnPlace } from '../../../domain/conversation/turn-state.ts';
import { defined } from '../../../domain/defined.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { conversationKeyField, instantField, notificationIdField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { DIALOG_STATUS, STATUS_ELSEWHERE } from './conversation-keys.ts';

const rowSchema = z.object({
  active: z.boolean(),
  interruption: notificationIdField.optional(),
  lastSpokenAt: instantField,
  of: conversationKeyField.optional(),
});

/** Of the conversation that the addressee is named after, or of the one `within` which they are told. */
export function toDialogStatusRow(
  { conversation, within }: Pick<TurnPlace, 'conversation' | 'within'>,
  status: DialogStatus,
): Row {
  return {
    partitionKey: conversation,
    rowKey: within === undefined ? DIALOG_STATUS : STATUS_ELSEWHERE,
    active: status.active,
    interruption: status.interruption,
    lastSpokenAt: double(status.lastSpokenAt),
    of: within,
  };
}

/** Throws `CorruptRow`. */
export function fromDialogStatusRow(table: Pick<Table, 'name'>, row: StoredRow): DialogStatus {
  const { active, interruption, lastSpokenAt } = parseRow(table, row, rowSchema);
  return { active, lastSpokenAt, ...defined({ interruption }) };
}

/** Throws `CorruptRow`. */
export function placeOfStatus(table: Pick<Table, 'name'>, row: StoredRow): ConversationKey | undefined {
  return parseRow(table, row, rowSchema).of;
}
