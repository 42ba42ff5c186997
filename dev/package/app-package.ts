import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { zip } from './zip.ts';

/** What a package must stay below: every instance loads it before it does anything. */
export const MOST_BYTES = 1_500_000;

export interface AppPackage {
  readonly file: string;
  /** Size of the zip. */
  readonly bytes: number;
  /** Paths in the zip with their sizes before packing. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** The app cannot be deployed as it was built; the message says what is wrong and what to do. */
class PackageRefused extends Error {}

/**
 * Packs the built app in `appDir` into `file`: code, the licences of what is in it, host.json and package.json.
 * Source maps stay behind: nothing reads them in Azure.
 *
 * Throws `PackageRefused` when something is in the folder that is no part of an app, when something is missing, or when
 * the zip is too large.
 */
export async function packageApp(appDir: string, file: string): Promise<AppPackage> {
  const files = new Map<string, Uint8Array>();
  for (const path of await filesIn(appDir)) {
    if (path.endsWith('.map')) continue;
    if (!isPartOfAnApp(path)) {
      throw new PackageRefused(`${join(appDir, path)} is no part of an app; build it anew: npm run build`);
    }
    files.set(path, await readFile(join(appDir, path)));
  }
  for (const needed of ['host.json', 'package.json', 'main.mjs', 'NOTICE.txt']) {
    if (!files.has(needed)) {
      throw new PackageRefused(`${join(appDir, needed)} is missing; build the app: npm run build`);
    }
  }
  const zipped = zip(files);
  if (zipped.length >= MOST_BYTES) {
    throw new PackageRefused(`the package has ${zipped.length} bytes and must stay below ${MOST_BYTES}`);
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, zipped);
  return {
    file,
    bytes: zipped.length,
    files: [...files].map(([path, content]) => ({ path, bytes: content.length })).sort(byPath),
  };
}

/** The bundle (code, and the licences of what is in it), the page of the console, and the two files that the host reads. */
function isPartOfAnApp(path: string): boolean {
  return (
    path === 'host.json' ||
    path === 'package.json' ||
    path === 'NOTICE.txt' ||
    /^console\/(index\.html|console\.(js|css))(\.br)?$/.test(path) ||
    /^(chunks\/)?[^/]+\.mjs(\.LEGAL\.txt)?$/.test(path)
  );
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
