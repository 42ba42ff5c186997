import { readdir, readFile } from 'node:fs/promises';
import { hashOf } from '../../domain/hash.ts';

interface ServedFile {
  readonly etag: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly coded: { readonly [coding: string]: Uint8Array };
}

const TYPES: { readonly [ending: string]: string } = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

/** Files that were compressed at the build lie beside the one that they are of. */
const CODINGS = { br: 'br', gz: 'gzip' } as const;

/**
 * What lies in a folder, by name, to be served as it is: files of known types, each with what was compressed beside it.
 * Empty where there is no such folder.
 */
export async function readPageFiles(folder: URL): Promise<ReadonlyMap<string, ServedFile>> {
  const names = await namesIn(folder);
  const content = (name: string) => readFile(new URL(encodeURIComponent(name), folder));
  const files = names
    .filter((name) => Object.hasOwn(TYPES, endingOf(name)))
    .map(async (name) => {
      const bytes = await content(name);
      const coded: { [coding: string]: Uint8Array } = {};
      for (const [ending, coding] of Object.entries(CODINGS)) {
        const beside = `${name}.${ending}`;
        if (names.includes(beside)) coded[coding] = await content(beside);
      }
      const etag = `"${hashOf(bytes)}"`;
      return [name, { etag, type: TYPES[endingOf(name)] ?? '', bytes, coded }] as const;
    });
  return new Map(await Promise.all(files));
}

async function namesIn(folder: URL): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // The page was not built: whoever asks for it is told how that is done.
    return [];
  }
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
