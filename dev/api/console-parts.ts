import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { ref, refused } from './references.ts';

export const text: JsonObject = { type: 'string' };
export const time: JsonObject = { type: 'string', format: 'date-time' };
export const yes: JsonObject = { type: 'boolean' };
export const count: JsonObject = { type: 'integer', minimum: 0 };
export const anything: JsonObject = { type: 'object' };

/** @param optional those that may be absent */
export function object(required: JsonObject, optional: JsonObject = {}): JsonObject {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

export const listOf = (items: JsonObject): JsonObject => ({ type: 'array', items });

export const faults = listOf(ref('Fault'));

export const continuation: JsonObject = {
  ...text,
  description: 'For the next page; absent on the last one. Opaque.',
};

/** A list that is never long. */
export const allOf = (items: JsonObject): JsonObject => object({ items: listOf(items) });

/** A page of a list. */
export const pageOf = (items: JsonObject): JsonObject => object({ items: listOf(items) }, { continuation });

export const inPath = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: text });

export const query = (name: string, schema: JsonObject, description?: string): JsonObject => ({
  name,
  in: 'query',
  schema,
  ...(description === undefined ? {} : { description }),
});

const limit = query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 });

export const paging: readonly JsonObject[] = [
  limit,
  query('continuation', text, 'What the previous page gave.'),
];

/** Any of them may be answered so, whatever it is asked. */
export const always: JsonObject = {
  '401': refused('Nobody is signed in.'),
  '403': refused('Whoever is signed in has no role that may; or a page of another site asks.'),
  '503': refused('A store or a queue does not answer, or the app has settings that it cannot use.'),
};
