import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deferred, deferredPackages } from '../../../dev/bundle/deferred-packages.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-bundle-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the bundle of `entry` exports, where these files are beside it. */
async function bundled(entry: string, files: { readonly [path: string]: string }): Promise<unknown> {
  for (const [path, contents] of Object.entries({ ...files, 'entry.cjs': entry })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), contents);
  }
  await build({
    entryPoints: [join(folder, 'entry.cjs')],
    outfile: join(folder, 'out.cjs'),
    bundle: true,
    platform: 'node',
    plugins: [deferredPackages()],
    logLevel: 'silent',
  });
  return createRequire(import.meta.url)(join(folder, 'out.cjs'));
}

const loads = 'globalThis.loaded = (globalThis.loaded ?? 0) + 1;';
const CONNECTOR = 'node_modules/botframework-connector/lib/index.js';
const entry =
  "const c = require('botframework-connector/lib/index.js'); module.exports = [globalThis.loaded ?? 0, c.use(), globalThis.loaded]; delete globalThis.loaded;";

describe('a deferred package', () => {
  it.each([
    ['by a property', 'axios.get(7)', 'exports.get = (n) => n + 1;'],
    ['as a function', 'axios(7)', 'module.exports = (n) => n + 1;'],
    [
      'as the class that another extends',
      'new (class X extends axios { more() { return this.value; } })(7).more()',
      'module.exports = class { constructor(n) { this.value = n + 1; } };',
    ],
    [
      'as a class',
      'new axios(7).value',
      'module.exports = class { constructor(n) { this.value = n + 1; } };',
    ],
  ])('is loaded when it is first used %s, and once', async (_title, use, contents) => {
    const exported = await bundled(entry, {
      [CONNECTOR]: `const axios = require('axios'); exports.use = () => (${use}, ${use});`,
      'node_modules/axios/index.js': `${loads} ${contents}`,
    });
    expect(exported).toEqual([0, 8, 1]);
  });

  it('says at once whether it is an ES module, as the compilers ask before anything is used', async () => {
    const exported = await bundled(entry, {
      [CONNECTOR]: "const f = require('node-fetch'); exports.use = () => [f.__esModule, globalThis.loaded];",
      'node_modules/node-fetch/index.js': loads,
    });
    expect(exported).toEqual([0, [true, undefined], undefined]);
  });

  it('does not pretend to be empty where its properties are listed', async () => {
    const listing = bundled(entry, {
      [CONNECTOR]: "const axios = require('axios'); exports.use = () => Object.keys(axios);",
      'node_modules/axios/index.js': loads,
    });
    await expect(listing).rejects.toThrow(/"axios" is deferred/);
  });

  it('is loaded as ever where somebody else requires it', async () => {
    const exported = await bundled(
      "require('axios'); module.exports = globalThis.loaded; delete globalThis.loaded;",
      {
        'node_modules/axios/index.js': loads,
      },
    );
    expect(exported).toBe(1);
  });

  it.each(deferred)('is described as it is: $name', ({ name, esModule }) => {
    const connector = createRequire(import.meta.url).resolve('botframework-connector');
    const loaded: { readonly __esModule?: boolean } = createRequire(connector)(name);
    expect(loaded.__esModule === true).toBe(esModule);
  });
});
