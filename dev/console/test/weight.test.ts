import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsole, type ConsoleBuild } from '../build.ts';

const MOST_COMPRESSED = 200_000;

describe('the built page', () => {
  let folder: string;
  let built: ConsoleBuild;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'console-built-'));
    built = await buildConsole({ root: fileURLToPath(new URL('../../..', import.meta.url)), outDir: folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has at most 200 kB compressed', () => {
    const sum = built.files.reduce((total, { compressed }) => total + compressed, 0);
    expect(sum).toBeGreaterThan(40_000);
    expect(sum).toBeLessThanOrEqual(MOST_COMPRESSED);
  });

  it('is three files, and beside each the same compressed', async () => {
    expect(built.files.map(({ name }) => name).sort()).toEqual(['console.css', 'console.js', 'index.html']);
    for (const { name, bytes } of built.files) {
      const plain = await readFile(join(folder, name));
      expect(plain.length).toBe(bytes);
      expect(brotliDecompressSync(await readFile(join(folder, `${name}.br`))).equals(plain)).toBe(true);
    }
  });

  it('has nothing inline, and names no other origin to load from', async () => {
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\bstyle=|\bon\w+=/);
    const loaded = [...html.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(loaded.filter((address) => !/^(\/api\/console\/assets\/|data:image\/)/.test(address))).toEqual([]);
    expect(await readFile(join(folder, 'console.css'), 'utf8')).not.toMatch(/@import|url\(\s*["']?https?:/);
  });

  it('makes no code at run time, and no markup of data', async () => {
    const own = Object.keys(built.metafile.inputs).filter((file) => file.startsWith('dev/console/src/'));
    expect(own.length).toBeGreaterThan(60);
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const sinners: string[] = [];
    for (const file of own) {
      const source = await readFile(join(root, file), 'utf8');
      if (
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\beval\(|new Function/.test(
          source,
        )
      ) {
        sinners.push(file);
      }
    }
    expect(sinners).toEqual([]);
  });
});
