import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { asyncapi } from './asyncapi.ts';
import { openapi } from './openapi.ts';

const root = new URL('../../', import.meta.url);

/** Every generated document of the interface: where it lies, and what it says. */
export function apiDocuments(): readonly { readonly path: string; readonly text: string }[] {
  // The project's own description.
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  const at = (name: string) => fileURLToPath(new URL(`docs/api/${name}`, root));
  // Aliases for what stands twice would be shorter, and some readers do not follow them.
  const yaml = (document: object) => stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
  return [
    { path: at('openapi.yaml'), text: yaml(openapi(version)) },
    { path: at('asyncapi.yaml'), text: yaml(asyncapi(version)) },
  ];
}
