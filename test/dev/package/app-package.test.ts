import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_BYTES, packageApp } from '../../../dev/package/app-package.ts';
import { zip } from '../../../dev/package/zip.ts';

let folder: string;
let app: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-package-'));
  app = join(folder, 'app');
  await mkdir(join(app, 'chunks'), { recursive: true });
  await mkdir(join(app, 'console'));
  for (const [path, text] of Object.entries({
    'host.json': '{"version":"2.0"}',
    'package.json': '{"type":"module","main":"main.mjs"}',
    'NOTICE.txt': 'MIT',
    'main.mjs': "import './chunks/a-1.mjs';",
    'main.mjs.map': '{}',
    'main.mjs.LEGAL.txt': 'MIT',
    'chunks/a-1.mjs': 'export {};',
    'console/index.html': '<!doctype html>',
    'console/console.js.br': 'br',
    'chunks/a-1.mjs.map': '{}',
  })) {
    await writeFile(join(app, path), text);
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the package of the app', () => {
  it('holds the bundle, its licences, host.json and package.json, and no source maps', async () => {
    const packed = await packageApp(app, join(folder, 'out', 'notifier.zip'));
    const content = unzipSync(await readFile(packed.file));
    const paths = [
      'NOTICE.txt',
      'chunks/a-1.mjs',
      'console/console.js.br',
      'console/index.html',
      'host.json',
      'main.mjs',
      'main.mjs.LEGAL.txt',
      'package.json',
    ];
    expect(Object.keys(content)).toEqual(paths);
    expect(packed.files.map(({ path }) => path)).toEqual(paths);
    expect(Buffer.from(content['host.json'] ?? []).toString()).toBe('{"version":"2.0"}');
    expect(packed.bytes).toBe((await readFile(packed.file)).length);
  });

  it('has the same bytes when only the times of the files differ', async () => {
    const first = await packageApp(app, join(folder, 'first.zip'));
    for (const { path } of first.files) await utimes(join(app, path), 1_000_000_000, 1_000_000_000);
    const second = await packageApp(app, join(folder, 'second.zip'));
    expect(await readFile(second.file)).toEqual(await readFile(first.file));
  });

  it('has the same bytes in whichever order the files are found', () => {
    const a = ['a', new Uint8Array([1])] as const;
    const b = ['b', new Uint8Array([2])] as const;
    expect(zip(new Map([a, b]))).toEqual(zip(new Map([b, a])));
  });

  it.each(['local.settings.json', '.env', 'node_modules/x/index.js', 'chunks/deeper/a.mjs'])(
    'is refused when %s lies in the folder, which names it',
    async (path) => {
      await mkdir(join(app, path, '..'), { recursive: true });
      await writeFile(join(app, path), '');
      await expect(packageApp(app, join(folder, 'x.zip'))).rejects.toThrow(`${path} is no part of an app`);
    },
  );

  it('is refused when the app was not built', async () => {
    await rm(join(app, 'main.mjs'));
    await expect(packageApp(app, join(folder, 'x.zip'))).rejects.toThrow(
      /main\.mjs is missing.*npm run build/,
    );
  });

  it('is refused when it grows beyond what an instance should have to load', async () => {
    const noise = Buffer.alloc(MOST_BYTES);
    // Bytes that do not pack: a linear congruential generator's.
    for (let at = 0, value = 1; at < noise.length; at += 4) {
      value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
      noise.writeUInt32LE(value, at);
    }
    await writeFile(join(app, 'chunks', 'large-1.mjs'), noise);
    await expect(packageApp(app, join(folder, 'x.zip'))).rejects.toThrow(/must stay below 1500000/);
  });
});
