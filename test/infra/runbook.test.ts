import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declared, infraFile } from './bicep-text.ts';

describe('the runbook', () => {
  const runbook = readFileSync('docs/operations.md', 'utf8');

  it('names only scripts, files, parameters and outputs that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    const runs = [...runbook.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(runs.filter((name) => !(name in scripts))).toEqual([]);
    const paths = [...runbook.matchAll(/\b((?:infra|dev|\.github)\/[\w./-]+\.\w+)/g)].map(
      ([, path]) => path ?? '',
    );
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    const main = infraFile('main.bicep');
    const outputs = [...runbook.matchAll(/\$\(output (\w+)\)|output `(\w+)`/g)].map(
      ([, a, b]) => a ?? b ?? '',
    );
    expect(outputs.filter((name) => !declared('output', main).includes(name))).toEqual([]);
    const given = [...runbook.matchAll(/`(?:param )?(\w+) = /g)].map(([, name]) => name ?? '');
    expect(
      [...given, 'scaleByQueueLength'].filter((name) => !declared('param', main).includes(name)),
    ).toEqual([]);
    expect([runs.length, paths.length, outputs.length, given.length].every((count) => count > 1)).toBe(true);
  });

  it('says of every alert what it means and what to do', () => {
    const alerts = [...infraFile('modules/alerts.bicep').matchAll(/^ {4}name: '([a-z0-9-]+)'/gm)].map(
      ([, name]) => name,
    );
    expect(alerts.length).toBeGreaterThan(8);
    const headings = [...runbook.matchAll(/^### ([a-z0-9-]+)$/gm)].map(([, name]) => name);
    expect(headings).toEqual(expect.arrayContaining(alerts));
  });
});
