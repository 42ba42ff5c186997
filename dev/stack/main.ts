// The supervisor process of `npm start`: started by dev/start.mjs, under the project's Node, with the options as
// JSON in its only argument. It ends when it is told to (IPC message "stop", SIGINT, SIGTERM) and when the
// process that started it has gone (IPC channel closed).
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { queues } from '../../shared/manifest.ts';
import { build, buildAndReport } from '../build.ts';
import { explicitSettings, settingsFile } from './app-settings.ts';
import { untilHealthy } from './health.ts';
import { shownLine } from './output.ts';
import { rebuildOnChange } from './rebuild-on-change.ts';
import { type Stack, startStack } from './stack.ts';
import { refuseSharedDataDir, removeStackFile, writeStackFile } from './stack-file.ts';
import { typesNow } from './types-now.ts';
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
});

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const root = fileURLToPath(new URL('../..', import.meta.url));
const dataDir = resolve(options.data);
// The stack's own copy: a build or a test run meanwhile must not take files from under the running app.
const appDir = resolve(dataDir, 'app');
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
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(): Promise<void> {
  await refuseSharedDataDir(dataDir);
  if (!options.func) await buildAndReport({ outDir: appDir });
  const queueNames = queues.map((queue) => queue.name);
  const started = await startStack({
    ports: options.ports,
    dataDir,
    appDir,
    chat: options.chat,
    func: options.func,
    ...(options.webchat === undefined ? {} : { webchat: options.webchat }),
    env: explicitSettings(process.env),
    fileSettings: await settingsFile(resolve(root, 'local.settings.json')),
    inspect: options.inspect,
    verbose: options.verbose,
    signal: starting.signal,
    listener: {
      onLine(line) {
        const shown = shownLine(line, options.verbose);
        if (shown !== undefined) console.log(shown);
      },
      onNotice: (text) => console.log(text),
    },
  });
  stack = started;
  if (stopAsked) return finish(started, false);
  const complaint = options.func
    ? undefined
    : await untilHealthy(started.addresses.functions, starting.signal);
  if (stopAsked) return finish(started, false);
  await noteStack(started);
  console.log(welcome(started.addresses, { queues: queueNames, dataDir, overridden: started.overridden }));
  if (complaint !== undefined) console.log(`  The app is not well yet: ${complaint}\n`);
  if (options.watch && !options.func) watchSources(started);
  console.log('Ready. Ctrl-C stops everything.');
}

/** Writes down where everything is, and which types of events the running app knows. */
async function noteStack({ addresses }: Stack): Promise<void> {
  const queueNames = queues.map((queue) => queue.name);
  await writeStackFile(dataDir, { addresses, queues: queueNames, types: await typesNow() });
}

function watchSources(started: Stack): void {
  endWatch = rebuildOnChange({
    root,
    appDir,
    async build(outDir) {
      await build({ outDir });
      // What is bundled and refuses to be loaded, such as two kinds of one type, must not replace what runs.
      await typesNow();
    },
    async restart() {
      await started.kill('functions', 'SIGTERM');
      await Promise.all([started.waitUntilRestarted('functions'), noteStack(started)]);
    },
    say: (line) => console.log(line),
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
