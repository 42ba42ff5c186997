import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginNew } from '../../../dev/cli/new/begin-new.ts';
import { namesOf } from '../../../dev/cli/new/names.ts';
import { type New, writeNew } from '../../../dev/cli/new/write-new.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

describe('a name', () => {
  it.each(['stock-alert', 'stock.alert', 'stockAlert', 'Stock_alert'])('%s is read in each form', (text) => {
    expect(namesOf(text)).toEqual({
      file: 'stock-alert',
      camel: 'stockAlert',
      dotted: 'stock.alert',
      said: 'stock alert',
      title: 'Stock alert',
    });
  });

  it.each(['', '../etc', '1st', 'a--b', 'über', 'x'.repeat(41)])('%j is none', (text) => {
    expect(() => namesOf(text)).toThrow(/is no name/);
  });
});

describe('what notifier new writes', () => {
  let copy: string;

  beforeAll(async () => {
    copy = mkdtempSync(join(tmpdir(), 'notifier new '));
    for (const path of [
      'app',
      'shared',
      'functions',
      'test/support',
      'test/contract',
      'dev',
      'package.json',
      'tsconfig.json',
    ])
      cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const names: readonly (readonly [New, string])[] = [
      ['kind', 'stock-alert'],
      ['command', 'what-time'],
      ['dialog', 'order-lunch'],
    ];
    for (const [what, name] of names) await writeNew(copy, what, namesOf(name));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('has a line each in app/app.ts, and stands beside what was there', () => {
    const lines = readFileSync(join(copy, 'app', 'app.ts'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.slice(-3)).toEqual([
      "export * from './order-lunch.ts';",
      "export * from './stock-alert.ts';",
      "export * from './what-time.ts';",
    ]);
    expect(lines.length).toBeGreaterThan(3);
  });

  it('names nothing of the sample', () => {
    for (const file of ['stock-alert', 'what-time', 'order-lunch'])
      expect(readFileSync(join(copy, 'app', `${file}.ts`), 'utf8')).not.toMatch(/sample/i);
  });

  it('is known by the app, and passes the type check', { timeout: 120_000 }, async () => {
    const { stdout } = await run(process.execPath, [join(copy, 'dev', 'stack', 'known-app.ts')]);
    const { types, hints } = JSON.parse(stdout);
    expect(types).toContain('stock.alert');
    expect(hints).toContain('order lunch|order lunch');
    const config = { extends: './tsconfig.json', include: ['app', 'test/support'] };
    writeFileSync(join(copy, 'tsconfig.app.json'), JSON.stringify(config));
    await run(join(root, 'node_modules', '.bin', 'tsc'), ['--noEmit', '-p', join(copy, 'tsconfig.app.json')]);
  });

  it('is not written over something', async () => {
    await expect(writeNew(copy, 'kind', namesOf('stock-alert'))).rejects.toThrow(
      'app/stock-alert.ts is there already',
    );
  });
});

it('the lines of app/app.ts are in the order of the linter', { timeout: 60_000 }, async () => {
  const cache = join(process.cwd(), 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const root = mkdtempSync(join(cache, 'notifier lines '));
  try {
    const list = join(root, 'app', 'app.ts');
    mkdirSync(join(root, 'app'));
    writeFileSync(list, readFileSync('app/app.ts'));
    const names = [
      'stock',
      'zoo',
      'stock-alert',
      'top10',
      'top2',
      'top02a',
      'stocks',
      'a',
      'a-b',
      'ab',
      'stock2',
      'top002',
    ];
    for (const name of names) await writeNew(root, 'command', namesOf(name));
    const text = readFileSync(list, 'utf8');
    expect(text.match(/^export/gm)).toHaveLength(names.length + 2);
    const args = [
      join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome'),
      'check',
      '--stdin-file-path=app/app.ts',
      '--write',
    ];
    const linted = run(process.execPath, args);
    linted.child.stdin?.end(text);
    expect((await linted).stdout).toBe(text);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

describe('notifier new', () => {
  let root: string;
  let steps: string[];
  const isWritten = () => existsSync(join(root, 'app', 'stock-alert.ts'));
  const step = (name: string) => async () => {
    steps.push(`${name}, ${isWritten() ? 'written' : 'not written'}`);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'notifier begins '));
    steps = [];
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('brings the packages before it writes a kind, and makes what follows from it', async () => {
    await beginNew(
      { root, install: step('install'), generate: step('generate') },
      'kind',
      namesOf('stock-alert'),
    );
    expect(steps).toEqual(['install, not written', 'generate, written']);
  });

  it('writes nothing where they cannot be had', async () => {
    const install = () => Promise.reject(new Error('no registry'));
    await expect(
      beginNew({ root, install, generate: step('generate') }, 'kind', namesOf('stock-alert')),
    ).rejects.toThrow('no registry');
    expect([isWritten(), steps]).toEqual([false, []]);
  });
});
