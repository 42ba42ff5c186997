// The supervisor process of `npm start`: started by dev/start.mjs, under the project's Node, with the options as
// JSON in its only argument. It ends when it is told to (IPC message "stop", SIGINT, SIGTERM) and when the
// process that started it has gone (IPC channel closed).

import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defined } from '../../shared/domain/defined.ts';
import { queues } from '../../shared/manifest.ts';
import { appFault } from '../app-fault.ts';
import { build, buildAndReport } from '../build.ts';
import { appNow } from './app-now.ts';
import { explicitSettings, settingsFile } from './app-settings.ts';
import { untilHealthy } from './health.ts';
import { LinePrinter } from './log/line-printer.ts';
import { namesIn } from './log/names.ts';
import { shownFault } from './output.ts';
import { PartDidNotStart } from './part.ts';
import { rebuildOnChange } from './rebuild-on-change.ts';
import { type Stack, startStack } from './stack.ts';
import { refuseSharedDataDir, removeStackFile, writeStackFile } from './stack-file.ts';
import { welcome } from './welcome.ts';

const port = z.int().min(0).max(65535);
const optionsSchema = z.object({
  ports: z.object({ functions: port, broker: port, tables: port, blobs: port, channel: port }),
  chat: z.boolean(),
  func: z.boolean(),
  webchat: z.string().optional(),
  data: z.string(),
  inspect: z.boolean(),
  watch: z.boolean(),
  verbose: z.boolean(),
  json: z.boolean(),
});

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const root = fileURLToPath(new URL('../..', import.meta.url));
const dataDir = resolve(options.data);
// The stack's own copy: a build or a test run meanwhile must not take files from under the running app.
const appDir = resolve(dataDir, 'app');
const printer = new LinePrinter({ ...options, print: (line) => console.log(line) });
const starting = new AbortController();
let stack: Stack | undefined;
let stopAsked = false;
let endWatch = () => {};

process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop).on('disconnect', stop);
process.on('message', (message) => (message === 'kill' ? kill() : stop()));
// Nobody reads any more: a stack that nobody sees is one that nobody would stop.
process.stdout.on('error', stop);
process.stderr.on('error', () => {});

try {
  await run();
} catch (error) {
  if (stopAsked) process.exit(0);
  if (error instanceof PartDidNotStart) console.error(shownFault(error, options.verbose));
  else console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(): Promise<void> {
  await refuseSharedDataDir(dataDir);
  const { types, hints } = await whole(
    appNow(),
    options.func ? undefined : (options.json ? build : buildAndReport)({ outDir: appDir }),
  );
  const queueNames = queues.map((queue) => queue.name);
  const started = await startStack({
    ports: options.ports,
    dataDir,
    appDir,
    chat: options.chat,
    hints,
    func: options.func,
    ...defined({ webchat: options.webchat }),
    env: explicitSettings(process.env),
    fileSettings: await settingsFile(resolve(root, 'local.settings.json')),
    inspect: options.inspect,
    verbose: options.verbose,
    signal: starting.signal,
    listener: {
      onLine: (line) => printer.line(line),
      onNotice: (text) => printer.notice(text),
    },
  });
  stack = started;
  if (stopAsked) return finish(started, false);
  const complaint = options.func
    ? undefined
    : await untilHealthy(started.addresses.functions, starting.signal);
  if (stopAsked) return finish(started, false);
  await noteStack(started, types);
  const { addresses, overridden } = started;
  printer.understand({
    origin: addresses.functions,
    isColored: process.stdout.isTTY && (process.env.NO_COLOR ?? '') === '',
    nameOf: namesIn(addresses.tables),
  });
  if (options.json) console.log(JSON.stringify({ ready: true, ...addresses, queues: queueNames, dataDir }));
  else {
    const details = { queues: queueNames, dataDir, usualDataDir: join(root, '.local'), overridden };
    printer.notice(welcome(addresses, details));
  }
  if (complaint !== undefined) printer.notice(`  The app is not well yet: ${complaint}\n`);
  if (options.watch && !options.func) watchSources(started);
  if (!options.json) printer.notice('Ready. Ctrl-C stops everything.');
}

/** Writes down where everything is, and which types of events the running app knows. */
async function noteStack({ addresses }: Stack, types: readonly string[]): Promise<void> {
  await writeStackFile(dataDir, { addresses, queues: queues.map((queue) => queue.name), types });
}

/**
 * What an app knows that is bundled and can be put together. Two kinds of one type, or two commands of one name, are
 * bundled all the same and must not replace what runs. Throws with what a person can mend.
 */
async function whole<Known>(now: Promise<Known>, built: Promise<unknown> | undefined): Promise<Known> {
  const [known, bundled] = await Promise.allSettled([now, built]);
  if (bundled.status === 'rejected') {
    throw new Error(appFault(bundled.reason) ?? messageOf(bundled.reason), { cause: bundled.reason });
  }
  if (known.status === 'rejected') throw known.reason;
  return known.value;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function watchSources(started: Stack): void {
  let types: readonly string[] = [];
  endWatch = rebuildOnChange({
    root,
    appDir,
    async build(outDir) {
      ({ types } = await whole(appNow(), build({ outDir })));
    },
    async restart() {
      await started.kill('functions', 'SIGTERM');
      await Promise.all([started.waitUntilRestarted('functions'), noteStack(started, types)]);
    },
    say: (line) => printer.notice(line),
  });
}

function stop(): void {
  if (stopAsked) return;
  stopAsked = true;
  starting.abort();
  if (stack) void finish(stack, false);
}

/** Asked again: without patience. */
function kill(): void {
  stopAsked = true;
  starting.abort();
  if (stack) void finish(stack, true);
}

async function finish(running: Stack, force: boolean): Promise<void> {
  endWatch();
  await running.stop(force);
  await removeStackFile(dataDir);
  process.exit(0);
}
