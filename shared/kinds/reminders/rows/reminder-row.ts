import { z } from 'zod';
import {
  conversationKeyField,
  countField,
  instantField,
  jsonText,
  personKeyField,
} from '../../../adapters/table/row/fields.ts';
import { parseRow } from '../../../adapters/table/row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../../../adapters/table/row/row.ts';
import { type PartitionRange, startingWith } from '../../../adapters/table/storage/range.ts';
import type { Table } from '../../../adapters/table/storage/table.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { type Instant, minutes, toIso } from '../../../domain/time.ts';
import type { Asked, DueReminder, Reminder, Schedule } from '../model/reminder.ts';

/*
 * Keys of table `reminders`:
 *
 *   <conversation key>  n              the last number that was given
 *   <conversation key>  r:<number>     a reminder
 *   d:<minute>          <instant>:<id> what is to be told
 */

const scheduleSchema: z.ZodType<Schedule> = z.object({
  at: instantField,
  zone: z.string(),
  recurrence: z.object({ rule: z.string(), start: z.string() }).exactOptional(),
});

const askedSchema: z.ZodType<Asked> = z.object({
  person: personKeyField.exactOptional(),
  name: z.string().exactOptional(),
  thread: z.string().exactOptional(),
});

/** A release that knows neither `asked` nor `isMuted` drops them with what it changes: told at the top, by nobody's name. */
const reminderSchema: z.ZodType<Reminder> = z.object({
  conversation: conversationKeyField,
  number: countField,
  id: z.string(),
  text: z.string(),
  schedule: scheduleSchema,
  version: countField,
  state: z.enum(['open', 'done', 'cancelled']),
  doneThrough: instantField.exactOptional(),
  snooze: z.object({ occurrence: instantField, at: instantField }).exactOptional(),
  asked: askedSchema.exactOptional(),
  isMuted: z.literal(true).exactOptional(),
  changedBy: z.string().exactOptional(),
  createdAt: instantField,
  changedAt: instantField,
});

const dueSchema: z.ZodType<DueReminder> = z.object({
  at: instantField,
  conversation: conversationKeyField,
  number: countField,
  id: z.string(),
  version: countField,
  occurrence: instantField,
  text: z.string(),
  schedule: scheduleSchema,
  asked: askedSchema.exactOptional(),
});

const reminderRow = z.object({ reminder: jsonText(reminderSchema) });
const dueRow = z.object({ due: jsonText(dueSchema) });
const numberingRow = z.object({ last: countField });

export const REMINDERS = startingWith('r:');

export function reminderKeys(conversation: ConversationKey, number: number): RowKeys {
  return { partitionKey: conversation, rowKey: `r:${String(number).padStart(9, '0')}` };
}

export function numberingKeys(conversation: ConversationKey): RowKeys {
  return { partitionKey: conversation, rowKey: 'n' };
}

/** The version is part of the key: on a change the next entry stands before the old one goes, at the same instant too. */
export function dueKeys({ at, id, version, occurrence }: DueReminder): RowKeys {
  return {
    partitionKey: minuteOf(at),
    rowKey: `${String(at).padStart(15, '0')}:${id}:${version}:${occurrence}`,
  };
}

/** The partitions of all minutes up to that of `until`. */
export function minutesUpTo(until: Instant): PartitionRange {
  return { firstPartition: 'd:', lastPartition: minuteOf(until) };
}

export function toReminderRow(reminder: Reminder): Row {
  return { ...reminderKeys(reminder.conversation, reminder.number), reminder: JSON.stringify(reminder) };
}

export function toDueRow(due: DueReminder): Row {
  return { ...dueKeys(due), due: JSON.stringify(due) };
}

export function toNumberingRow(conversation: ConversationKey, last: number): Row {
  return { ...numberingKeys(conversation), last };
}

/** Throws `CorruptRow`. */
export function fromReminderRow(table: Pick<Table, 'name'>, row: StoredRow): Reminder {
  return parseRow(table, row, reminderRow).reminder;
}

/** Throws `CorruptRow`. */
export function fromDueRow(table: Pick<Table, 'name'>, row: StoredRow): DueReminder {
  return parseRow(table, row, dueRow).due;
}

/** Throws `CorruptRow`. */
export function fromNumberingRow(table: Pick<Table, 'name'>, row: StoredRow): number {
  return parseRow(table, row, numberingRow).last;
}

/** `d:2026-11-22T17:45` */
function minuteOf(at: Instant): string {
  return `d:${toIso(at - (at % minutes(1))).slice(0, 16)}`;
}
