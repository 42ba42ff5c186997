import { readFileSync } from 'node:fs';

/** Names of all alerts, as `infra/modules/alerts.bicep` has them. */
export function alertNames(): readonly string[] {
  const text = readFileSync(new URL('../../infra/modules/alerts.bicep', import.meta.url), 'utf8');
  const rules = [...text.matchAll(/^ {2,4}name: '([a-z][a-z-]+)'$/gm)].map(([, name]) => name ?? '');
  return [...rules, 'not-healthy'];
}
