#!/usr/bin/env node
// `node dev/run.mjs <program.ts> [arguments]`: runs a program of this project on the project's own Node, which runs
// TypeScript as it is, after installing what is missing. `--sdk agents` goes to the environment, for whatever builds the
// app (sdk.mjs). Plain JavaScript for Node 20 and newer.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InstallError, installWhatIsMissing, projectNode } from './install.mjs';
import { refuseOldNode } from './node-version.mjs';
import { takeSdk, UnknownSdk } from './sdk.mjs';

refuseOldNode();
const root = fileURLToPath(new URL('..', import.meta.url));

let args;
try {
  args = takeSdk(process.argv.slice(2), process.env);
  // Standard output belongs to the program, which may print JSON.
  await installWhatIsMissing(root, { log: console.error });
} catch (error) {
  console.error(error instanceof InstallError || error instanceof UnknownSdk ? error.message : error);
  process.exit(1);
}
const child = spawn(projectNode(root), args, { stdio: 'inherit', cwd: root });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
