import { z } from 'zod';
import { type ForgetRequest, parseForgetRequest } from '../../../domain/conversation/forgetting.ts';
import type { Tombstone, Tombstones } from '../../../ports/conversation/tombstones.ts';
import { instantField, jsonText, personKeyField } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { RowKeys } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

export const requestField: z.ZodType<ForgetRequest> = z.unknown().transform((value, context) => {
  const request = parseForgetRequest(value);
  if (request !== undefined) return request;
  context.addIssue({ code: 'custom', message: 'must be a request to forget somebody' });
  return z.NEVER;
});

const rowSchema = z.object({
  stone: jsonText(
    z.object({
      at: instantField,
      turn: z.string(),
      saidAt: instantField.exactOptional(),
      request: requestField.exactOptional(),
      of: z.array(personKeyField).exactOptional(),
      cleanedAt: instantField.exactOptional(),
    }),
  ),
});

/** Rows `f:<hash>` / `tombstone` of table `directory`. */
export class TableTombstones implements Tombstones {
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#directory = service.table('directory');
  }

  async raiseTombstone(name: string, stone: Tombstone): Promise<void> {
    await this.#directory.put({ ...tombstoneKeys(name), stone: JSON.stringify(stone) });
  }

  /** Throws `CorruptRow`. */
  async findTombstone(name: string): Promise<Tombstone | undefined> {
    const row = await this.#directory.get(tombstoneKeys(name));
    return row === undefined ? undefined : parseRow(this.#directory, row, rowSchema).stone;
  }

  async liftTombstone(name: string): Promise<void> {
    await this.#directory.remove(tombstoneKeys(name));
  }
}

function tombstoneKeys(name: string): RowKeys {
  return { partitionKey: `f:${name}`, rowKey: 'tombstone' };
}
