import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readPageFiles } from '../../../shared/adapters/system/page-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (name = '') => readPageFiles(pathToFileURL(`${join(folder, name)}/`));

it('reads what lies there, each with what was compressed beside it, and nothing of another type or further down', async () => {
  const content = {
    'index.html': '<!doctype html>',
    'console.js': 'code',
    'console.js.br': 'brotli',
    'console.js.gz': 'gzip',
    'console.css': 'style',
    'host.json': '{}',
    '.env': 'SECRET',
    'stray.css.br': 'of nothing',
  };
  for (const [name, text] of Object.entries(content)) await writeFile(join(folder, name), text);
  await mkdir(join(folder, 'further'));
  await writeFile(join(folder, 'further', 'more.js'), 'x');
  const files = await read();
  expect([...files.keys()].sort()).toEqual(['console.css', 'console.js', 'index.html']);
  const code = files.get('console.js');
  expect(String(code?.bytes)).toBe('code');
  expect(code?.type).toBe('text/javascript; charset=utf-8');
  expect(Object.entries(code?.coded ?? {}).map(([coding, bytes]) => [coding, String(bytes)])).toEqual([
    ['br', 'brotli'],
    ['gzip', 'gzip'],
  ]);
  expect(code?.etag).toMatch(/^"[\w-]{43}"$/);
  expect(code?.etag).not.toBe(files.get('console.css')?.etag);
});

it('reads nothing where the page was not built', async () => {
  expect((await read('nowhere')).size).toBe(0);
});
