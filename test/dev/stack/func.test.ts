import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../dev/stack/stack.ts';
import { writeStackFile } from '../../../dev/stack/stack-file.ts';

// Neither Core Tools nor the Playground can be had here: in their place stands a program that says how it was started.
const folder = mkdtempSync(join(tmpdir(), 'core tools-'));
const hadSettings = existsSync('local.settings.json');
let stack: Stack;

function program(name: string): string {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const print = `console.log(JSON.stringify({ args: process.argv.slice(2), env: process.env }))`;
  writeFileSync(join(bin, 'print.cjs'), print);
  // The system reads a path with a space in it as two words behind `#!`.
  const call = `exec "${process.execPath}" "${join(bin, 'print.cjs')}" "$@"`;
  writeFileSync(join(bin, name), `#!/bin/sh\n${call}\n`, { mode: 0o755 });
  return bin;
}

/** Runs a command of the project with `bin` before everything else on the PATH, or alone there. */
async function run(command: readonly string[], path: string) {
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: path },
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, err, said: () => JSON.parse(out.slice(out.indexOf('{"args"'))) };
}

beforeAll(async () => {
  stack = await startStack({ func: true, chat: false, dataDir: join(folder, 'data') });
  await writeStackFile(stack.dataDir, { addresses: stack.addresses, queues: [], types: [] });
});
afterAll(async () => {
  await stack?.stop();
  if (!hadSettings) rmSync('local.settings.json', { force: true });
  rmSync(folder, { recursive: true, force: true });
});

describe('a stack for Core Tools', () => {
  it('has blobs for their timers, and leaves the place of the functions host free', async () => {
    expect(() => stack.pid('functions')).toThrow('has no functions');
    const [, blobs = ''] = /BlobEndpoint=([^;]+);/.exec(stack.addresses.storage ?? '') ?? [];
    const answer = await fetch(`${blobs}?comp=list`);
    // Azurite's blob service asks for a signature.
    expect([answer.status, answer.headers.get('server')]).toEqual([
      403,
      expect.stringContaining('Azurite-Blob'),
    ]);
    await expect(fetch(stack.addresses.functions)).rejects.toThrow();
  });

  it('tells them its addresses', async () => {
    const bin = program('func');
    const { said } = await run(
      ['dev/func.ts', '--no-build', '--data', stack.dataDir],
      bin + delimiter + process.env.PATH,
    );
    expect(said()).toMatchObject({
      args: ['start', '--port', new URL(stack.addresses.functions).port],
      env: {
        AzureWebJobsStorage: stack.addresses.storage,
        TablesConnection: stack.addresses.tables,
        ServiceBusConnection: stack.addresses.serviceBus,
        FUNCTIONS_WORKER_RUNTIME: 'node',
      },
    });
    expect(existsSync('local.settings.json')).toBe(true);
  });

  it('is asked for where there is none, and so are Core Tools', async () => {
    const none = await run(['dev/func.ts', '--data', join(folder, 'none')], process.env.PATH ?? '');
    expect(none.err).toBe('Start the rest of the stack first, in another terminal: npm start -- --func\n');
    const without = await run(['dev/func.ts', '--no-build', '--data', stack.dataDir], folder);
    expect(without.err).toBe(
      'Azure Functions Core Tools are not installed: npm install -g azure-functions-core-tools@4\n',
    );
  });
});

it('the Playground is started with its telemetry off', async () => {
  const { said } = await run(['dev/playground.mjs'], program('npx') + delimiter + process.env.PATH);
  expect(said()).toMatchObject({
    args: expect.arrayContaining(['@microsoft/m365agentsplayground', '--disable-telemetry']),
    env: { APPLICATION_INSIGHTS_NO_STATSBEAT: '1' },
  });
});
