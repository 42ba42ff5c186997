import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settings } from '../../shared/config.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { builtInRoles, queues, roleGrants } from '../../shared/manifest.ts';

/** `infra/manifest.json`: what the templates deploy is read from it. */
export const manifestPath = fileURLToPath(new URL('../../infra/manifest.json', import.meta.url));

/**
 * The text of `infra/manifest.json`: queues, tables, roles, functions and the names of the notifier's own settings, as the
 * code has them. A table or a queue that the code adds is deployed without a line of Bicep.
 */
export function manifestFile(): string {
  const manifest = {
    queues,
    tables: tableNames,
    roleGrants: roleGrants().map((grant) => ({
      queue: '',
      option: '',
      ...grant,
      roleId: builtInRoles[grant.role],
    })),
    functions: functionNames(),
    notifierSettings: Object.keys(settings).filter((name) => name.startsWith('NOTIFIER_')),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What `functions/main.ts` registers: each can be switched off by its name. */
function functionNames(): readonly string[] {
  const text = readFileSync(new URL('../../functions/main.ts', import.meta.url), 'utf8');
  return [...text.matchAll(/^\s*app\.\w+\('(\w+)'/gm)].map(([, name]) => name ?? '');
}
