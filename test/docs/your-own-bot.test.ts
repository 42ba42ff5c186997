import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { messageLimit, weightOf } from '../../shared/domain/delivery/channel-limits.ts';
import type { Kind } from '../../shared/kinds/kind.ts';
import { aKindChat } from '../support/kind-chat.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(join(root, 'docs', 'your-own-bot.md'), 'utf8');

// Within the project, so that packages are found.
mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, 'node_modules', '.cache', 'guide-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The one thing that a file of the guide exports, as if the file lay in `app/`. */
async function shown(file: string): Promise<Kind> {
  const source = new RegExp(`\`app/${file}\`:\n\n\`\`\`ts\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1];
  if (source === undefined) throw new Error(`the guide shows no app/${file}`);
  const path = join(folder, file);
  writeFileSync(path, source.replaceAll("from '../", `from '${root}`));
  const [kind]: readonly unknown[] = Object.values(await import(path));
  if (!isKind(kind)) throw new Error(`app/${file} exports no kind`);
  return kind;
}

function isKind(value: unknown): value is Kind {
  return value !== null && typeof value === 'object' && 'name' in value;
}

describe('the guide to a bot of one’s own', () => {
  it('shows a kind of notification that works as it stands', async () => {
    const kind = await shown('incident-opened.ts');
    const { notification: entry } = kind;
    expect(entry?.plan(entry.example)).toEqual({
      ok: true,
      value: { to: [{ topic: 'incidents/shop' }], delivery: { urgent: true } },
    });
    expect(entry?.plan({ service: 'shop', severity: 'huge', title: 'x' })).toMatchObject({
      ok: false,
      faults: [{ path: 'data.severity', message: 'must be low or high' }],
    });
    expect(entry?.plan({ service: '!', severity: 'low', title: 'x' })).toMatchObject({
      faults: [{ path: 'data.service' }],
    });
    const content = entry?.render(entry.example, { locale: 'en', timeZone: 'UTC' }) ?? {};
    const teams = messageLimit('msteams');
    expect(weightOf(content, teams)).toBeLessThan(teams.most);

    const chat = await aKindChat(kind);
    expect(await chat.hears('topics')).toContain('**incidents**: All incidents');
    await chat.says('subscribe incidents');
    await chat.publish('incident.opened', entry?.example ?? {});
    expect(chat.told()).toEqual(['Incident in shop: The checkout answers with errors']);
  });

  it('shows a kind with state and an audience of its own that tells whom it should', async () => {
    const chat = await aKindChat(await shown('stock-alert.ts'));
    expect(await chat.hears('watch stock acme above 100')).toContain('**ACME** is above 100');
    await chat.publish('stock.alert', { symbol: 'ACME', price: 99 });
    await chat.publish('stock.alert', { symbol: 'OTHER', price: 300 });
    expect(chat.told()).toEqual([]);
    await chat.publish('stock.alert', { symbol: 'ACME', price: 120 });
    expect(chat.told()).toEqual([expect.stringContaining('**ACME** is at 120')]);
    expect(await chat.exported()).toMatchObject({ stocks: [{ key: 'ACME', above: 100 }] });
    expect(await chat.hears('unwatch stock ACME')).toBe('Done.');
    await chat.publish('stock.alert', { symbol: 'ACME', price: 130 });
    expect(chat.told()).toEqual([]);
  });

  it('shows a command in two languages', async () => {
    const chat = await aKindChat(await shown('what-time.ts'));
    expect(await chat.hears('what time')).toMatch(/^It is \d/);
    expect(await chat.hears('wie spät ist es', { locale: 'de-DE' })).toMatch(/^Es ist \d\d:\d\d\.$/);
    expect(await chat.hears('hilfe what time', { locale: 'de-DE' })).toContain(
      'Sagt, wie spät es bei dir ist',
    );
  });

  it('shows a dialog', async () => {
    const chat = await aKindChat(await shown('order-lunch.ts'));
    expect(await chat.hears('order lunch soup')).toBe('When shall soup be there?');
    expect(await chat.hears('noon')).toContain('A time such as 12:30');
    expect(await chat.hears('12:30')).toBe('Ordered: **soup** at 12:30.');
  });

  it('shows a dialog in two languages', async () => {
    const chat = await aKindChat(await shown('order-coffee.ts'));
    expect(await chat.hears('order coffee')).toBe('Which coffee would you like?');
    expect(await chat.hears('Mocha')).toBe('Ordered: **Mocha**.');
    const german = { locale: 'de-DE' };
    expect(await chat.hears('kaffee bestellen', german)).toBe('Welchen Kaffee möchtest du?');
    expect(await chat.hears('Mokka', german)).toBe('Bestellt: **Mokka**.');
  });

  it('names only fields that a kind can have', () => {
    const sources = ['shared/catalog/entry.ts', 'shared/ports/kind.ts', 'shared/kinds/kind.ts']
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    const named = [...guide.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(?:\w+\.)?(\w+)`/g)].map(([, field = '']) => field),
    );
    expect(named.length).toBeGreaterThan(12);
    expect(named.filter((field) => !new RegExp(`\\b${field}\\??[:(]`).test(sources))).toEqual([]);
  });
});
