// `npm run start:func`: the app under Azure Functions Core Tools, on a stack that runs without its own functions host.
import { spawn } from 'node:child_process';
import { constants, copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildAndReport } from './build.ts';
import { stackSettings } from './stack/app-settings.ts';
import { readStackFile, type StackFile } from './stack/stack-file.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Cannot go on; the message says why and what to do. */
class FuncError extends Error {}

try {
  const { values } = parseArgs({
    options: { data: { type: 'string', default: join(root, '.local') }, 'no-build': { type: 'boolean' } },
  });
  const stack = await readStackFile(resolve(values.data));
  if (stack?.storage === undefined) {
    throw new FuncError('Start the rest of the stack first, in another terminal: npm start -- --func');
  }
  if (values['no-build'] !== true) await buildAndReport();
  await settingsFile();
  process.exitCode = await runFunc({ ...stack, storage: stack.storage });
} catch (error) {
  console.error(error instanceof FuncError ? error.message : error);
  process.exitCode = 1;
}

/** Core Tools want a local.settings.json to know the language by; what is there stays. */
async function settingsFile(): Promise<void> {
  const [sample, own] = ['local.settings.sample.json', 'local.settings.json'].map((name) => join(root, name));
  await copyFile(sample ?? '', own ?? '', constants.COPYFILE_EXCL).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** The exit status of Core Tools. What stands in the environment goes before their settings file. */
function runFunc({
  functions,
  serviceBus,
  tables,
  storage,
}: StackFile & { storage: string }): Promise<number> {
  const settings = { ...stackSettings({ serviceBus, tables }), AzureWebJobsStorage: storage };
  const child = spawn('func', ['start', '--port', new URL(functions).port], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...settings },
    shell: process.platform === 'win32',
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((done, fail) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'ENOENT'
          ? new FuncError(
              'Azure Functions Core Tools are not installed: npm install -g azure-functions-core-tools@4',
            )
          : error,
      ),
    );
    child.once('exit', (code) => done(code ?? 1));
  });
}
