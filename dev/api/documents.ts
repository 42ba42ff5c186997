import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { CatalogEntry } from '../../shared/catalog/entry.ts';
import { asyncapi } from './asyncapi.ts';
import { productKinds } from './kind-schemas.ts';
import { openapi } from './openapi.ts';

const root = new URL('../../', import.meta.url);

/**
 * Every generated document of the interface: where it lies, and what it says. It says nothing of `app/`, so that what is put
 * there changes no file of the product; `notifier schema --openapi` says all of it.
 */
export function apiDocuments(
  kinds: readonly CatalogEntry[] = productKinds,
): readonly { readonly path: string; readonly text: string }[] {
  const version = productVersion();
  const at = (name: string) => fileURLToPath(new URL(`docs/api/${name}`, root));
  // Aliases for what stands twice would be shorter, and some readers do not follow them.
  const yaml = (document: object) => stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
  return [
    { path: at('openapi.yaml'), text: yaml(openapi(version, kinds)) },
    { path: at('asyncapi.yaml'), text: yaml(asyncapi(version, kinds)) },
  ];
}

/** As the project's own description has it. */
export function productVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  return version;
}
