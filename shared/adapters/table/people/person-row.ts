import { z } from 'zod';
import type { PersonKey } from '../../../domain/ids.ts';
import type { Person } from '../../../ports/conversation/conversation-store.ts';
import { chunkedJson, conversationKeyField, instantField, toChunks } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row, type StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { accountSchema } from './conversation-row.ts';
import { personRow } from './directory-keys.ts';

const addressSchema = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  tenantId: z.string().exactOptional(),
  bot: accountSchema,
  user: accountSchema,
});
const dataSchema = chunkedJson('data', addressSchema);
const rowSchema = z.object({
  personal: conversationKeyField.exactOptional(),
  metAt: instantField.default(0),
});

/** A row to merge: a person met in a group, without `personal`, keeps the conversation known before. */
export function toPersonRow(key: PersonKey, person: Person): Row {
  const { personal, metAt, ...address } = person;
  return {
    ...personRow(key),
    ...toChunks('data', JSON.stringify(address)),
    personal,
    metAt: double(metAt),
  };
}

/** Throws `CorruptRow`. */
export function fromPersonRow(table: Pick<Table, 'name'>, row: StoredRow): Person {
  return { ...parseRow(table, row, dataSchema), ...parseRow(table, row, rowSchema) };
}
