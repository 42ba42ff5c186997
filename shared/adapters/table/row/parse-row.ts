import type { z } from 'zod';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { CorruptRow } from './corrupt-row.ts';
import type { StoredRow } from './row.ts';

/** Reads a row by its schema. Throws `CorruptRow`. */
export function parseRow<Output>(
  table: Pick<Table, 'name'>,
  row: StoredRow,
  schema: z.ZodType<Output>,
): Output {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CorruptRow(table.name, row, faults.join('; '));
}

/** For listings: what `parse` gives, or `undefined` for a row that cannot be read, of which the operator is told. */
export function parsedOrReported<Output>(service: TableService, parse: () => Output): Output | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof CorruptRow)) throw error;
    // The row stays as it is, and the others of the listing are served.
    service.reportCorrupt(error);
    return undefined;
  }
}
