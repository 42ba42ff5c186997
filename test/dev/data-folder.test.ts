import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { DataFolderError, makeDataFolder } from '../../dev/local-server/data-folder.mjs';

const folder = mkdtempSync(join(tmpdir(), 'data folder-'));
afterAll(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});
const file = join(folder, 'a file');
writeFileSync(file, 'text');

it('makes what is missing, and takes what is there', () => {
  const wanted = join(folder, 'some', 'where');
  makeDataFolder(wanted);
  makeDataFolder(wanted);
  expect(statSync(wanted).isDirectory()).toBe(true);
});

it.each([
  ['a file', file, `--data ${file} is a file, not a folder: name a folder.`],
  [
    'a place below a file',
    join(file, 'x'),
    `--data ${join(file, 'x')} lies below a file, not a folder: name a folder.`,
  ],
])('refuses %s, naming it and the remedy', (_what, path, message) => {
  expect(() => makeDataFolder(path)).toThrow(new DataFolderError(message));
  expect(existsSync(join(file, 'x'))).toBe(false);
});

it('says when this user may not write there', () => {
  // Root may write everywhere, so that it asks as somebody else.
  const closed = mkdtempSync(join(tmpdir(), 'closed-'));
  mkdirSync(join(closed, 'inside'));
  const copy = join(closed, 'data-folder.mjs');
  spawnSync('cp', ['dev/local-server/data-folder.mjs', copy]);
  for (const path of [copy, join(closed, 'inside'), closed]) chmodSync(path, 0o555);
  const wanted = join(closed, 'inside', 'data');
  const code = `
    const { makeDataFolder } = await import(${JSON.stringify(pathToFileURL(copy).href)});
    for (const path of ${JSON.stringify([wanted, join(closed, 'inside')])}) {
      try { makeDataFolder(path) } catch (error) { console.log(error.message) }
    }`;
  const isRoot = process.getuid?.() === 0;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    cwd: closed,
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
  });
  for (const path of [closed, join(closed, 'inside')]) chmodSync(path, 0o755);
  rmSync(closed, { recursive: true });
  const remedy = 'cannot be written to (EACCES): name another folder, or get the right to write there.';
  expect([stdout, stderr]).toEqual([
    `--data ${wanted} ${remedy}\n--data ${join(closed, 'inside')} ${remedy}\n`,
    '',
  ]);
});

it.each([
  ['npm start', ['dev/start.mjs', '--port', '0', '--amqp-port', '0', '--tables-port', '0', '--no-chat'], ''],
  ['the channel', ['dev/teams-channel-local/main.ts', '--port', '0'], ''],
  [
    'the broker',
    ['dev/servicebus-local/main.ts', '--port', '0', '--config', 'dev/servicebus-emulator/Config.json'],
    '',
  ],
  ['the functions host', ['dev/functions-local/main.ts', '--app', '.', '--port', '0'], 'functions-local: '],
])('%s says it in one line', (_who, command, prefix) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, '--data', file], {
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    `${prefix}--data ${file} is a file, not a folder: name a folder.\n`,
  ]);
});
