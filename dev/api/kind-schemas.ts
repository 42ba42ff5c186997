import type { CatalogEntry } from '../../shared/catalog/entry.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { type Catalog, catalog, catalogOf } from '../../shared/kinds/catalog.ts';

/** The kinds that an upstream service may publish. */
export const publishedKinds = publishedOf(catalog);

/** Those of the product itself, whatever is in `app/`. */
export const productKinds = publishedOf(catalogOf([]));

function publishedOf({ entries }: Catalog): readonly CatalogEntry[] {
  return entries.filter(({ internal }) => internal !== true);
}

/** A whole CloudEvent of a kind, in structured form. */
export function eventSchema(entry: CatalogEntry, data: JsonObject): JsonObject {
  const text = { type: 'string', minLength: 1 };
  return {
    type: 'object',
    title: entry.type,
    required: ['specversion', 'id', 'source', 'type', 'data'],
    properties: {
      specversion: { const: '1.0' },
      id: {
        ...text,
        description: 'With `source` it names the event: the same pair again reaches nobody twice.',
      },
      source: text,
      type: { const: entry.type },
      time: {
        type: 'string',
        format: 'date-time',
        description: 'When it happened. Default: when it was enqueued.',
      },
      subject: text,
      datacontenttype: { type: 'string' },
      data,
    },
    examples: [
      {
        specversion: '1.0',
        id: '1482',
        source: 'urn:example:service',
        type: entry.type,
        data: entry.example,
      },
    ],
  };
}
