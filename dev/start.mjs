#!/usr/bin/env node
// `npm start`: the whole product on this machine, from a fresh checkout. Plain JavaScript for Node 20 and newer:
// it runs before anything is installed, and hands over to the project's own Node.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InstallError, installWhatIsMissing, projectNode } from './install.mjs';
import { DataFolderError, makeDataFolder } from './local-server/data-folder.mjs';
import { refuseOldNode } from './node-version.mjs';
import { packagesFor, takeSdk, UnknownSdk } from './sdk.mjs';
import { HELP, leftOut, optionOf, parseStartOptions, UsageError } from './stack/options.mjs';
import { isTaken } from './stack/ports.mjs';

refuseOldNode();
const root = fileURLToPath(new URL('..', import.meta.url));
/** The supervisor stops its parts within this time; then it is ended by force, and the parts with it. */
const STOP_MS = 4800;
/** Ctrl-C under npm arrives twice, from the terminal and from npm; a second one that is meant comes later. */
const IMPATIENT_MS = 1000;

/** A start that cannot go on; its message is one line that says why and what to do. */
class StartError extends Error {}

let child;
let stopAsked = false;
let stopAskedAt = 0;
let supervisorRuns = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
endWithNpm();

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (stopAsked) process.exit(0);
  if (error instanceof UsageError || error instanceof UnknownSdk) exitWith(2, error.message);
  const isSaid = [InstallError, StartError, DataFolderError].some((kind) => error instanceof kind);
  exitWith(1, isSaid ? error.message : error);
}

async function main(argv) {
  const options = parseStartOptions(takeSdk(argv, process.env));
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  await refuseTakenPorts(options);
  makeDataFolder(resolve(options.data));
  const [webchat] = await Promise.all([
    options.chat ? fetchWebchat() : undefined,
    installWhatIsMissing(root, {
      only: packagesFor(process.env),
      onSpawn: (npm) => {
        child = npm;
      },
    }),
  ]);
  if (stopAsked) return 0;
  return supervise({ ...options, data: resolve(options.data), webchat });
}

async function refuseTakenPorts(options) {
  const { ports, inspect } = options;
  const wanted = Object.entries(ports).filter(
    ([part, port]) => port !== 0 && !leftOut(options).includes(part),
  );
  for (const [part, port] of wanted) {
    if (await isTaken(port)) {
      throw new StartError(
        `Port ${port} is taken; stop the program that has it or choose another with ${optionOf(part)} PORT.`,
      );
    }
  }
  if (inspect && (await isTaken(9229))) {
    throw new StartError('Port 9229 is taken; end the other debugged program or leave out --inspect.');
  }
}

/** Web Chat's file for the chat page; the product works without it, so a registry out of reach is only said. */
async function fetchWebchat() {
  try {
    const { fetchWebchat: fetchFile } = await import('./teams-channel-local/fetch-webchat.mjs');
    return await fetchFile(join(root, '.local', 'webchat'));
  } catch (error) {
    console.error(`The chat page will be empty, Web Chat could not be fetched: ${error.message}`);
    return undefined;
  }
}

/** The exit status of the supervisor, which runs until it is told to stop. */
function supervise(options) {
  return new Promise((done, fail) => {
    const args = [join(root, 'dev', 'stack', 'main.ts'), JSON.stringify(options)];
    // The IPC channel tells the supervisor when this process has gone, by SIGKILL too.
    child = spawn(projectNode(root), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    supervisorRuns = true;
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      if (stopAsked) return done(0);
      if (signal) console.error(`The stack's supervisor ended (${signal}); its parts end with it.`);
      done(code ?? 1);
    });
  });
}

function stop() {
  const again = stopAsked;
  if (again && performance.now() - stopAskedAt < IMPATIENT_MS) return;
  stopAsked = true;
  stopAskedAt = performance.now();
  if (!child) process.exit(0);
  if (!supervisorRuns) return child.kill('SIGTERM');
  if (child.connected) child.send(again ? 'kill' : 'stop');
  if (!again) setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref();
}

/** An npm that was ended by force cannot say so: under `npm start` the stack looks whether it is still there. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const npm = startedBy();
  setInterval(() => {
    if (startedBy() !== npm && !stopAsked) stop();
  }, 1000).unref();
}

/** Process id of npm, which runs its scripts through a shell; where that cannot be seen through, of the shell. */
function startedBy() {
  try {
    const parent = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    const [, name, above] = /^\d+ \((.*)\) \S (\d+)/s.exec(parent);
    return /^(ba|da|a|z)?sh$/.test(name) ? Number(above) : process.ppid;
  } catch {
    // Without /proc the shell is watched in npm's place.
    return process.ppid;
  }
}

function exitWith(status, reason) {
  console.error(reason);
  process.exit(status);
}
