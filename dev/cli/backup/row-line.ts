import { z } from 'zod';
import type { Row, Value } from '../../../shared/adapters/table/row/row.ts';

/** Behind the name of a property: its type, where its JSON value does not tell. */
const TYPE = '@odata.type';
/** Of every row by itself; whoever writes the row makes them anew. */
const SERVICE_OWN = new Set(['PartitionKey', 'RowKey', 'Timestamp', 'odata.etag', 'odata.metadata']);

const page = z.looseObject({ value: z.array(z.record(z.string(), z.unknown())) });
const value = z.union([
  z.string(),
  z.boolean(),
  z.int32(),
  z.strictObject({ double: z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]) }),
  z.strictObject({ binary: z.base64() }),
]);
const line = z.strictObject({ p: z.string(), r: z.string(), v: z.record(z.string(), value) });

/** A row that cannot be backed up or restored as it is; the message says which and why. */
export class UnreadableRow extends Error {}

/**
 * The rows of an answer of the table service, each as one line of JSON. A number keeps its type: `5.0` is a double and `5` is
 * none, which `JSON.parse` alone does not tell. Throws `UnreadableRow` for a type that the notifier never writes.
 */
export function linesOf(answer: string): readonly string[] {
  const parsed: unknown = JSON.parse(answer, typedNumber);
  return page.parse(parsed).value.map((entity) => {
    const { PartitionKey: p, RowKey: r } = entity;
    if (typeof p !== 'string' || typeof r !== 'string') throw new UnreadableRow('a row has no keys');
    const v = Object.entries(entity)
      .filter(([name]) => !SERVICE_OWN.has(name) && !name.endsWith(TYPE))
      .map(([name, found]) => [name, typed(found, entity[`${name}${TYPE}`])] as const);
    const checked = line.safeParse({ p, r, v: Object.fromEntries(v) });
    if (checked.success) return JSON.stringify(checked.data);
    const where = checked.error.issues[0]?.path.join('.') ?? '';
    throw new UnreadableRow(
      `row "${p}" / "${r}" has a value of a type that the notifier never writes (${where})`,
    );
  });
}

function typed(found: unknown, type: unknown): unknown {
  if (type === 'Edm.Binary') return { binary: found };
  if (type === 'Edm.Double')
    return typeof found === 'number' || typeof found === 'string' ? { double: found } : found;
  return type === undefined ? found : { [String(type)]: found };
}

/** What is written as a whole number of 32 bits is one; everything else is a double. */
function typedNumber(_key: string, found: unknown, context?: { readonly source?: string }): unknown {
  if (typeof found !== 'number') return found;
  const isWhole = /^-?\d+$/.test(context?.source ?? '') && (found | 0) === found;
  return isWhole ? found : { double: found };
}

/** The row of a line. Throws `UnreadableRow` for what is none. */
export function rowOf(text: string): Row {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UnreadableRow('a line is no JSON: the file was changed or cut off');
  }
  const parsed = line.safeParse(json);
  if (!parsed.success) throw new UnreadableRow('a line is no row of a backup: the file was changed');
  const { p, r, v } = parsed.data;
  const values = Object.entries(v).map(([name, each]) => [name, stored(each)] as const);
  return { ...Object.fromEntries(values), partitionKey: p, rowKey: r };
}

function stored(each: z.infer<typeof value>): Value {
  if (typeof each !== 'object') return each;
  if ('binary' in each) return Buffer.from(each.binary, 'base64');
  return { type: 'Double', value: Number(each.double) };
}
