import { z } from 'zod';
import type { Preferences } from '../../../domain/conversation/preferences.ts';
import { defined } from '../../../domain/defined.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { instantField, jsonText, topicField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { PREFERENCES } from './conversation-keys.ts';

const minuteOfDay = z.int().min(0).max(1439);

const rowSchema = z.object({
  preferences: jsonText(
    z.object({
      mutes: z.array(z.object({ topic: topicField.optional(), until: instantField.optional() })),
      quietHours: z.object({ from: minuteOfDay, to: minuteOfDay }).optional(),
      timeZone: z.string().optional(),
      changedAt: z
        .object({ quietHours: instantField.optional(), timeZone: instantField.optional() })
        .optional(),
    }),
  ),
});

export function preferencesKeys(conversation: ConversationKey): RowKeys {
  return { partitionKey: conversation, rowKey: PREFERENCES };
}

export function toPreferencesRow(conversation: ConversationKey, preferences: Preferences): Row {
  return { ...preferencesKeys(conversation), preferences: JSON.stringify(preferences) };
}

/** Throws `CorruptRow`. */
export function fromPreferencesRow(table: Pick<Table, 'name'>, row: StoredRow): Preferences {
  const { mutes, quietHours, timeZone, changedAt } = parseRow(table, row, rowSchema).preferences;
  return {
    mutes: mutes.map(({ topic, until }) => defined({ topic, until })),
    ...defined({ quietHours, timeZone, changedAt: changedAt && defined(changedAt) }),
  };
}
