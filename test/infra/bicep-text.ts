import { readdirSync, readFileSync } from 'node:fs';

/** The text of a file in `infra/`. */
export function infraFile(path: string): string {
  return readFileSync(`infra/${path}`, 'utf8');
}

/** `main.bicep` and the modules, by path in `infra/`. */
export const bicepFiles = [
  'main.bicep',
  'identity.bicep',
  'once.bicep',
  'azd/main.bicep',
  ...readdirSync('infra/modules').map((name) => `modules/${name}`),
];

/** Names of a Bicep file's parameters (`param`) or results (`output`). */
export function declared(kind: 'param' | 'output', bicep: string): readonly string[] {
  return [...bicep.matchAll(new RegExp(`^${kind} (\\w+)`, 'gm'))].map(([, name]) => name ?? '');
}

/** Names of the settings that `app.bicep` gives the app, apart from the notifier's own. */
export function appSettingNames(bicep: string): readonly string[] {
  const block = /^var settings = union\(\n\s*\{\n([\s\S]*?)\n\s*\},\n\s*ownSettings,\n/m.exec(bicep)?.[1];
  if (block === undefined)
    throw new Error('app.bicep has no "var settings = union({...}, ownSettings, ...)"');
  return [...block.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name ?? '');
}
