import { z } from 'zod';
import type { JsonObject } from '../domain/event/notification.ts';
import type { CatalogEntry } from './entry.ts';

/** `data` of a kind as JSON Schema (draft 2020-12), with the kind's own example. */
export function dataSchema({ type, title, schema, example }: CatalogEntry): JsonObject {
  const { $schema: _draft, ...body } = z.toJSONSchema(schema, {
    // What is written, not what it is read as.
    io: 'input',
    // A rule that JSON Schema cannot say (a topic's form, a card's depth) is checked by the app alone.
    unrepresentable: 'any',
  });
  return { title: `data of ${type}`, description: title('en'), ...body, examples: [example] };
}

/** The same as a document of its own. */
export function kindSchema(entry: CatalogEntry): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:notifier:schema:${entry.type}`,
    ...dataSchema(entry),
  };
}
