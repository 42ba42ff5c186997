import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { tooOld } from '../../../dev/node-version.mjs';

const folder = mkdtempSync(join(tmpdir(), 'old-node-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Makes the Node that runs the command say that it is an old one. */
const pretend = join(folder, 'pretend.mjs');
writeFileSync(
  pretend,
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });",
);

it.each(['dev/start.mjs', 'dev/test.mjs', 'dev/run.mjs', 'dev/cli/notifier.mjs'])(
  '%s refuses a Node that is too old, in one line with the remedy',
  (command) => {
    const preload = ['--import', pathToFileURL(pretend).href];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...preload, command, '--help'], {
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      'Node 18.20.4 is too old; install Node 20 or newer (nodejs.org).\n',
    ]);
  },
);

it.each([
  ['18.20.4', true],
  ['19.9.0', true],
  ['20.0.0', false],
  ['24.21.0', false],
  ['100.1.0', false],
])('Node %s is too old: %s', (version, isOld) => {
  expect(tooOld(version) !== undefined).toBe(isOld);
});
