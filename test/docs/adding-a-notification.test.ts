import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { CatalogEntry } from '../../shared/catalog/entry.ts';
import { messageLimit, weightOf } from '../../shared/domain/delivery/channel-limits.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(join(root, 'docs', 'adding-a-notification.md'), 'utf8');

// Within the project, so that packages are found.
mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, 'node_modules', '.cache', 'guide-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The guide's file, as if it lay in the catalog. */
async function incidentOpened(): Promise<CatalogEntry> {
  const source = /```ts\n(import[\s\S]*?)```/.exec(guide)?.[1];
  if (source === undefined) throw new Error('the guide shows no file');
  const catalog = join(root, 'shared', 'catalog');
  const file = join(folder, 'incident-opened.ts');
  writeFileSync(
    file,
    source.replaceAll("from './", `from '${catalog}/`).replaceAll("from '../", `from '${root}shared/`),
  );
  const loaded: { readonly incidentOpened: CatalogEntry } = await import(file);
  return loaded.incidentOpened;
}

describe('the guide to adding a kind of notification', () => {
  it('shows a file that works as it stands', async () => {
    const entry = await incidentOpened();
    expect(entry.plan(entry.example)).toEqual({
      ok: true,
      value: { to: [{ topic: 'incidents/shop' }], delivery: { urgent: true } },
    });
    expect(entry.plan({ service: 'shop', severity: 'huge', title: 'x' })).toEqual({
      ok: false,
      faults: [{ path: 'data.severity', message: 'must be low or high' }],
    });
    expect(entry.topicOf?.(entry.example)).toBe('incidents/shop');
    const content = entry.render(entry.example, { locale: 'en', timeZone: 'UTC' });
    const teams = messageLimit('msteams');
    expect(weightOf(content, teams)).toBeLessThan(teams.most);
  });

  it('names only fields that a kind can have', () => {
    const entry = readFileSync(join(root, 'shared', 'catalog', 'entry.ts'), 'utf8');
    const named = [...guide.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(?:\w+\.)?(\w+)`/g)].map(([, field = '']) => field),
    );
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((field) => !new RegExp(`\\b${field}\\??[:(]`).test(entry))).toEqual([]);
  });
});
