import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alertNames } from '../../dev/infra/alert-names.ts';
import { declared, infraFile } from './bicep-text.ts';

describe('the runbook', () => {
  const pages = readdirSync('docs/operations').map((name) => `docs/operations/${name}`);
  const runbook = ['docs/operations.md', ...pages].map((page) => readFileSync(page, 'utf8')).join('\n');

  it('names only scripts, files, parameters and outputs that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    const runs = [...runbook.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(runs.filter((name) => !(name in scripts))).toEqual([]);
    const paths = [...runbook.matchAll(/(?<!test\/)\b((?:infra|dev|\.github)\/[\w./-]+\.\w+)/g)].map(
      ([, path]) => path ?? '',
    );
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    const templates = ['main', 'identity', 'once'].map((name) => infraFile(`${name}.bicep`)).join('\n');
    const outputs = [...runbook.matchAll(/\$\(output (\w+)\)|output `(\w+)`/g)].map(
      ([, a, b]) => a ?? b ?? '',
    );
    expect(outputs.filter((name) => !declared('output', templates).includes(name))).toEqual([]);
    const given = [...runbook.matchAll(/`(?:param )?(\w+) = /g)].map(([, name]) => name ?? '');
    expect(
      [...given, 'scaleByQueueLength'].filter((name) => !declared('param', templates).includes(name)),
    ).toEqual([]);
    expect([runs.length, paths.length, outputs.length, given.length].every((count) => count > 1)).toBe(true);
  });

  it('says of every alert what it means and what to do, with the command and the query to copy', () => {
    const pages = pagesOf('docs/operations/alerts.md');
    const names = alertNames();
    expect(names.length).toBeGreaterThan(12);
    expect([...pages.keys()].sort()).toEqual([...names].sort());
    const alerts = infraFile('modules/alerts.bicep');
    for (const [name, text] of pages) {
      expect([name, /^Severity [123]\. .{20}/m.test(text), /```\n[\s\S]+?\n```/.test(text)]).toEqual([
        name,
        true,
        true,
      ]);
      const rule = alerts.slice(alerts.indexOf(`name: '${name}'`));
      const [, severity] = /^ +severity: (\d)$/m.exec(rule) ?? [];
      if (name !== 'not-healthy') expect(text).toContain(`Severity ${severity}.`);
      const [, file] =
        /^ +query: (?:replace\(\s*)*loadTextContent\('\.\.\/queries\/([\w-]+\.kql)'\)/m.exec(
          rule.split(/\n {2}\}\n|\n\}\n/)[0] ?? '',
        ) ?? [];
      if (file !== undefined)
        expect([name, text.includes(infraFile(`queries/${file}`).trim())]).toEqual([name, true]);
    }
    const withQuery = [...pages.values()].filter((text) => text.includes('```kql'));
    expect(withQuery).toHaveLength(11);
  });
});

/** What stands under each heading of the second order. */
function pagesOf(file: string): ReadonlyMap<string, string> {
  const [, ...parts] = readFileSync(file, 'utf8').split(/^## /m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part]));
}
