import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { aBroker, jsonOf } from './broker.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const notifierFile = join(root, 'dev', 'cli', 'notifier.mjs');
const elsewhere = mkdtempSync(join(tmpdir(), 'notifier-process-'));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));
const { connection, takeAll } = await aBroker();

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `notifier` as its users do, under the given Node. */
function start(node: string, file: string, argv: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(node, [file, ...argv], { cwd: elsewhere, env: { PATH: process.env.PATH ?? '' } });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, out: out.join(''), err: err.join('') }));
  });
}

describe('the process', () => {
  // The first Node on the path may be an older one, which hands over to the project's own.
  it.each([
    ["the project's Node", process.execPath],
    ['the Node of this machine', 'node'],
  ])('sends an event from stdin and prints nothing but JSON, under %s', async (_what, node) => {
    const event = {
      specversion: '1.0',
      id: '1',
      source: 'urn:x',
      type: 'notification.requested',
      data: { to: { everyone: true }, text: 'ü' },
    };
    const argv = ['publish', '--file', '-', '--json', '--connection', connection];
    const { status, out, err } = await start(node, notifierFile, argv, JSON.stringify(event));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ sent: 1, queue: 'events' });
    expect((await takeAll('events')).map(jsonOf)).toEqual([event]);
  });

  it('ends with status 2 for wrong usage, also behind an older Node', async () => {
    const { status, out, err } = await start('node', notifierFile, ['status']);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('<notification id> is missing');
  });

  it('says what to do when nothing is installed', async () => {
    cpSync(join(root, 'dev', 'cli', 'notifier.mjs'), join(elsewhere, 'dev', 'cli', 'notifier.mjs'));
    for (const name of ['install.mjs', 'node-version.mjs'])
      cpSync(join(root, 'dev', name), join(elsewhere, 'dev', name));
    const bare = await start(process.execPath, join(elsewhere, 'dev', 'cli', 'notifier.mjs'), ['status']);
    expect(bare).toMatchObject({ status: 1, out: '' });
    expect(bare.err).toMatch(/^The packages are not installed: run "npm ci" in .*\n$/);
  });
});
