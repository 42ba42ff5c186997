import type { z } from 'zod';
import { isKeyOfKind } from '../../../domain/event/job.ts';
import type { JsonObject } from '../../../domain/event/notification.ts';
import { chunkedJson, toChunks } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { RecordLayout } from './record-layout.ts';

const TABLE = 'records';
/** What begins the rows that lead to records in it. */
export const LEADS = 'k:';

/**
 * Records of a kind as JSON in table `records`, `<kind>:<key>:<tenant>` / `<conversation>`. The rows that lead there begin
 * with `k:<kind>:`.
 *
 * @param kind its name, of what a table key may hold
 * @param schema throws for what this version of the kind did not store
 */
export function jsonLayout<Value extends JsonObject>(
  kind: string,
  schema: z.ZodType<Value>,
): RecordLayout<Value> {
  if (!isKeyOfKind(kind))
    throw new Error(`"${kind}" is no name of a kind: letters, digits, "_", "." and "-"`);
  const row = chunkedJson('value', schema);
  return {
    kind,
    table: TABLE,
    prefix: `${LEADS}${kind}:`,
    keyField: 'key',
    isKey: isKeyOfKind,
    partition: (key, tenant) => `${kind}:${key}:${tenant}`,
    toFields: ({ value }) => toChunks('value', JSON.stringify(value)),
    fromRow: (stored) => parseRow({ name: TABLE }, stored, row),
  };
}
