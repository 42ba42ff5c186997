#!/usr/bin/env node
// `notifier <command>`: the command line. Plain JavaScript for Node 20 and newer, which hands over to the project's own
// Node where the running one does not read TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectNode } from '../install.mjs';
import { refuseOldNode } from '../node-version.mjs';

refuseOldNode();
const root = fileURLToPath(new URL('../..', import.meta.url));
/** What Node has compiled is kept: it halves the time until a command does something. */
const compileCache = join(root, 'node_modules', '.cache', 'notifier');

if (!existsSync(join(root, 'node_modules', '@azure', 'service-bus'))) {
  fail(`The packages are not installed: run "npm ci" in ${root} (or "npm start", which does so itself).`);
}
if (readsTypeScript()) {
  module.enableCompileCache?.(compileCache);
  await import('./main.ts');
} else {
  const node = projectNode(root);
  if (!existsSync(node)) {
    fail(
      `Node ${process.versions.node} does not read TypeScript, and the project's own Node is not installed: run "npm ci" in ${root}, or use Node 24.`,
    );
  }
  handOver(node);
}

function readsTypeScript() {
  return Number(process.versions.node.split('.')[0]) >= 24 && process.features.typescript === 'strip';
}

function handOver(node) {
  const child = spawn(node, [join(root, 'dev', 'cli', 'main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  });
  // Ctrl-C reaches both; this process waits for the other to end in its own way.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('error', (error) => fail(`The project's own Node could not be started: ${error.message}`));
  child.once('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
