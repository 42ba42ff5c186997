#!/usr/bin/env node
// `npm run nightly`: what takes too long for each change. Every step runs, also after one that failed; the exit status is 0
// only when all went well. Plain JavaScript for Node 20 and newer: the steps install what they need.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuseOldNode } from './node-version.mjs';

refuseOldNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const STEPS = [
  {
    what: 'all tests, the largest sizes and the long form of the upgrade among them',
    args: ['test', '--', '--all'],
    env: { NIGHTLY: '1', UPGRADE_SECONDS: '600' },
  },
  { what: 'chaos for half an hour', args: ['run', 'chaos', '--', '--minutes', '30'] },
  { what: 'mutations', args: ['run', 'mutate'] },
];

let child;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    child?.kill(signal);
  });
}

const said = [];
for (const { what, args, env } of STEPS) {
  const script = args[0] === 'run' ? args[1] : args[0];
  if (!(script in scripts)) {
    said.push(`left out  ${what}: there is no npm script "${script}"`);
    continue;
  }
  if (interrupted) break;
  const startedAt = performance.now();
  const status = await npm(args, env);
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  said.push(`${status === 0 ? 'ok      ' : 'FAILED  '}  ${what} (${minutes} min)`);
  if (status !== 0) process.exitCode = 1;
}
for (const line of said) console.log(line);
if (interrupted) process.exitCode = 130;

function npm(args, env) {
  return new Promise((resolve) => {
    // Under `npm run nightly` this is npm's own script: the npm that started us, not another one on the PATH.
    const script = process.env.npm_execpath;
    const [program, all] = script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
    child = spawn(program, all, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: program === 'npm' && process.platform === 'win32',
    });
    child.once('error', (error) => {
      console.error(`npm could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}
