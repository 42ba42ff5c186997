import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KnownPatterns } from './known-patterns.ts';

let root: string;
const checker = () => join(root, 'node_modules', 'recheck');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patterns-'));
  mkdirSync(checker(), { recursive: true });
  const present = fileURLToPath(new URL('../../node_modules/recheck/package.json', import.meta.url));
  cpSync(present, join(checker(), 'package.json'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function keepOne(): void {
  const known = KnownPatterns.of(root, { all: false });
  known.add('/a/');
  known.add('/gone/');
  known.keep(['/a/', '/not looked at/']);
}

const knows = (all = false) =>
  ['/a/', '/gone/', '/not looked at/'].filter((pattern) => KnownPatterns.of(root, { all }).has(pattern));

it('a pattern is looked at once by the same checker, and again where everything is to run', () => {
  expect(knows()).toEqual([]);
  keepOne();
  expect(knows()).toEqual(['/a/']);
  expect(knows(true)).toEqual([]);
  writeFileSync(join(checker(), 'package.json'), JSON.stringify({ version: '999.0.0' }));
  expect(knows()).toEqual([]);
});

it('a damaged record knows nothing', () => {
  keepOne();
  writeFileSync(join(root, 'node_modules', '.cache', 'linear-patterns.json'), '{"checker"');
  expect(knows()).toEqual([]);
});
