import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchWebchat, readFromTarball } from '../fetch-webchat.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fetch-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A ustar archive of files that are told by name and content. */
function tar(files: readonly (readonly [name: string, content: string])[]): Buffer {
  const blocks = files.flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    const at = name.length > 100 ? name.lastIndexOf('/') : -1;
    header.write(name.slice(at + 1), 0);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write('ustar', 257);
    if (at > 0) header.write(name.slice(0, at), 345);
    const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    body.write(content);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function inPieces(archive: Buffer, size: number): Readable {
  const pieces = [];
  for (let at = 0; at < archive.length; at += size) pieces.push(archive.subarray(at, at + size));
  return Readable.from(pieces);
}

describe('a tarball', () => {
  const long = `package/${'x'.repeat(120)}/file.js`;
  const archive = tar([
    ['package/empty.js', ''],
    ['package/large.json', 'j'.repeat(5000)],
    [long, 'long name'],
    ['package/dist/webchat.js', 'w'.repeat(513)],
  ]);

  it.each([1, 100, 512, 1000, 100_000])('gives its files in pieces of %i bytes', async (size) => {
    expect(String(await readFromTarball(inPieces(archive, size), 'package/dist/webchat.js'))).toBe(
      'w'.repeat(513),
    );
    expect(String(await readFromTarball(inPieces(archive, size), long))).toBe('long name');
    expect(String(await readFromTarball(inPieces(archive, size), 'package/empty.js'))).toBe('');
  });

  it('says which file it does not hold, or holds only in part', async () => {
    await expect(readFromTarball(inPieces(archive, 512), 'package/none.js')).rejects.toThrow(
      /holds no package\/none/,
    );
    const torn = archive.subarray(0, archive.length - 1024 - 600);
    await expect(readFromTarball(inPieces(torn, 512), 'package/dist/webchat.js')).rejects.toThrow(
      /ends within/,
    );
  });
});

describe('Web Chat', () => {
  /** Puts an npm first on the PATH that does what a shell script says. */
  function npmThat(script: string): void {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'npm'), 0o755);
    vi.stubEnv('npm_execpath', '');
    vi.stubEnv('PATH', `${bin}${delimiter}${process.env.PATH}`);
  }

  it('is refused when the registry gives something else under its name', async () => {
    const fake = join(folder, 'fake.tgz');
    writeFileSync(fake, gzipSync(tar([['package/dist/webchat.js', 'alert(1)']])));
    npmThat(`cp ${fake} "$4/"`);
    const target = join(folder, 'target');
    await expect(fetchWebchat(target)).rejects.toThrow(/is not what was published/);
    expect(readdirSync(folder)).not.toContain('target');
  });

  it('says what npm said when npm cannot fetch it', async () => {
    npmThat('echo "registry is away" >&2; exit 7');
    await expect(fetchWebchat(folder)).rejects.toThrow(
      /npm could not fetch .* \(exit status 7\)\. registry is away/,
    );
  });
});
