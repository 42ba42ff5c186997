import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deferred, deferredModules } from '../../../dev/bundle/deferred-modules.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const FUNCTIONS = 'node_modules/@azure/functions/dist/azure-functions.js';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-bundle-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the bundle of a functions library that says this exports. */
async function bundled(library: string): Promise<unknown> {
  await mkdir(dirname(join(folder, FUNCTIONS)), { recursive: true });
  await writeFile(join(folder, FUNCTIONS), library);
  await build({
    entryPoints: [join(folder, FUNCTIONS)],
    outfile: join(folder, 'out.cjs'),
    bundle: true,
    platform: 'node',
    plugins: [deferredModules()],
    logLevel: 'silent',
  });
  return createRequire(import.meta.url)(join(folder, 'out.cjs'));
}

describe('a deferred module', () => {
  it.each(deferred)('is what it is, when it is used: %s', async (name) => {
    const exported = await bundled(`const m = require('${name}'); exports.use = (part) => m[part];`);
    const real: { readonly [part: string]: unknown } = createRequire(import.meta.url)(name);
    for (const part of Object.keys(real).slice(0, 5)) {
      expect((exported as { use: (part: string) => unknown }).use(part)).toBe(real[part]);
    }
  });

  it('does not pretend to be empty where its properties are listed', async () => {
    await expect(bundled("Object.keys(require('http'));")).rejects.toThrow(/"http" is deferred/);
  });

  it('is one that the functions library requires', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "import '@azure/functions';", resolveDir: root },
      bundle: true,
      platform: 'node',
      external: ['@azure/functions-core'],
      write: false,
      plugins: [deferredModules()],
      logLevel: 'silent',
    });
    const code = outputFiles[0]?.text ?? '';
    for (const name of deferred) expect(code).toContain(`"${name}" is deferred`);
  });
});
