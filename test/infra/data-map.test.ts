import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../shared/config.ts';
import { days as spanOfDays } from '../../shared/domain/time.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { queues } from '../../shared/manifest.ts';
import { infraFile } from './bicep-text.ts';

const map = readFileSync('docs/data-map.md', 'utf8');
const rows = [...map.matchAll(/^\| `(\w+)` \|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)];
const isOfExample = (holds: string) => holds.startsWith(' of an example: ');

describe('the data map', () => {
  it('has every table, once, with how long and how it is erased', () => {
    const names = rows.map(([, name]) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(tableNames.filter((name) => !names.includes(name))).toEqual([]);
    // An example may be off.
    const others = rows.filter(
      ([, name = '', holds = '']) => !tableNames.includes(name) && !isOfExample(holds),
    );
    expect(others.map(([, name]) => name)).toEqual([]);
    for (const [, name, ...cells] of rows) {
      expect([name, cells.filter((cell) => cell?.trim() === '')]).toEqual([name, []]);
    }
  });

  it('says of every time that it names what the code says', async () => {
    const { Values } = JSON.parse(readFileSync('local.settings.sample.json', 'utf8')) as {
      Values: { [name: string]: string };
    };
    const { NOTIFIER_RETENTION_DAYS: _none, ...plain } = Values;
    expect((await loadConfig({ ...plain, NOTIFIER_LISTENS_ON: '127.0.0.1' })).retention).toBe(spanOfDays(30));
    expect([...map.matchAll(/`NOTIFIER_RETENTION_DAYS` \((\d+)\)/g)].map(([, days]) => days)).toEqual([
      '30',
      '30',
      '30',
    ]);
    const [, logDays] = /param logRetentionDays int = (\d+)/.exec(infraFile('main.bicep')) ?? [];
    expect(map).toContain(`\`logRetentionDays\` (${logDays})`);
    const [, days] = /taken, (\d+) days at most/.exec(map) ?? [];
    expect(new Set(queues.map(({ defaultMessageTimeToLive: kept }) => kept))).toEqual(new Set([`P${days}D`]));
  });

  it('names every queue that holds more than ids, and everybody who gets a role', () => {
    for (const who of ['operators', 'publishers', 'outcomeReaders']) expect(map).toContain(`| \`${who}\` |`);
    expect(map).toContain('on `events` the whole event; on `outcomes` what people answered');
  });
});
