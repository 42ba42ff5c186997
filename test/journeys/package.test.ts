import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../dev/build.ts';
import { packageApp } from '../../dev/package/app-package.ts';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { ChatPerson } from './person.ts';
import { published } from './published.ts';

let folder: string;
let stack: Stack;

beforeAll(async () => {
  // Far from the project: no folder above it has a node_modules.
  folder = await mkdtemp(join(tmpdir(), 'notifier-deployed-'));
  const { outDir } = await build({ outDir: join(folder, 'built') });
  const { file } = await packageApp(outDir, join(folder, 'notifier.zip'));
  await rm(outDir, { recursive: true });
  const appDir = join(folder, 'wwwroot');
  for (const [path, bytes] of Object.entries(unzipSync(await readFile(file)))) {
    await mkdir(dirname(join(appDir, path)), { recursive: true });
    await writeFile(join(appDir, path), bytes);
  }
  stack = await startStack({ appDir });
});

afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the package that is deployed, unpacked into an empty folder', () => {
  it('takes a message in and gets a notification out', async () => {
    const { channel, functions } = stack.addresses;
    if (channel === undefined) throw new Error('this stack has no channel');
    const ida = await ChatPerson.arrives(channel, 'dl_package_ida');
    await ida.says('hello');
    await ida.hears('Hello');
    const data = { to: { user: ida.id }, text: 'out of the zip' };
    await published(functions, { source: 'urn:package', data });
    await ida.hears('out of the zip');
    const health = await fetch(`${functions}/api/health`);
    expect(await health.json()).toEqual({
      status: 'ok',
      parts: { tables: 'ok', queue: 'ok' },
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });
});
