import { z } from 'zod';
import { conversationKeyField, tenantKeyField } from '../../adapters/table/row/fields.ts';
import { parsedOrReported, parseRow } from '../../adapters/table/row/parse-row.ts';
import type { TableService } from '../../adapters/table/table-service.ts';
import { type HookRecord, hookLayout } from './hook.ts';

const placeSchema = z.object({ rowKey: conversationKeyField, tenant: tenantKeyField, key: z.string() });

/** The hooks of everybody, for operators, by id; those behind `after`. One that cannot be read is left out and reported. */
export async function* allHooks(
  service: TableService,
  after = '',
): AsyncGenerator<HookRecord, void, undefined> {
  const table = service.table(hookLayout.table);
  const range = { firstPartition: hookLayout.partition(after), lastPartition: hookLayout.partition('~') };
  for await (const row of table.rows(range)) {
    if (row.partitionKey === hookLayout.partition(after)) continue;
    const record = parsedOrReported(service, () => {
      const { rowKey: conversation, tenant, key } = parseRow(table, row, placeSchema);
      return { conversation, tenant, key, value: hookLayout.fromRow(row) };
    });
    if (record !== undefined) yield record;
  }
}
