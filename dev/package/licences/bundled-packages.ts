import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { z } from 'zod';
import { defined } from '../../../shared/domain/defined.ts';
import { licenceText } from './licence-text.ts';

/** A package with code in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** By SPDX. */
  readonly licence: string;
  /** What its licence asks to be passed on with it. */
  readonly text: string;
  /** `sha512-...`, as the lock file has it; absent for what the lock file does not have. */
  readonly integrity?: string;
  /** `name@version` of the bundled packages that its code imports. */
  readonly imports: readonly string[];
}

/** A package whose code may not be passed on as it is, or of which nobody knows; the message names each with its remedy. */
export class LicenceRefused extends Error {}

/** Licences that ask for nothing but that their text goes along. */
const taken = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'BlueOak-1.0.0',
]);

const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  author: z.union([z.string(), z.looseObject({ name: z.string() })]).optional(),
});
const lockFile = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ integrity: z.string().optional() })),
});

/**
 * The packages that have code in the bundle, by name, each once. Throws `LicenceRefused` where a package has no licence, none
 * of those that are taken, or no text of it.
 */
export async function bundledPackages(root: string, metafile: Metafile): Promise<readonly BundledPackage[]> {
  const folders = [...foldersIn(metafile)].sort();
  const lock = lockFile.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const keys = new Map<string, string>();
  const found = new Map<string, Omit<BundledPackage, 'imports'>>();
  const faults: string[] = [];
  for (const folder of folders) {
    const described = manifest.parse(JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')));
    const { name, version, license } = described;
    const author = typeof described.author === 'string' ? described.author : described.author?.name;
    const text = await licenceText(join(root, folder), { licence: license, author });
    keys.set(folder, `${name}@${version}`);
    if (license === undefined || !taken.has(license)) {
      faults.push(
        `${name} ${version} has the licence ${license ?? '(none)'}: read it, and name it in dev/package/licences`,
      );
    } else if (text === undefined) {
      faults.push(
        `${name} ${version} (${license}) brings no text of its licence: see dev/package/licences/licence-text.ts`,
      );
    } else {
      const integrity = lock.packages[folder]?.integrity;
      found.set(`${name}@${version}`, {
        name,
        version,
        licence: license,
        text,
        ...defined({ integrity }),
      });
    }
  }
  if (faults.length > 0) throw new LicenceRefused(faults.join('\n'));
  const imports = importsAmong(metafile, keys);
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => ({ ...one, imports: [...(imports.get(key) ?? [])].sort() }));
}

/** Folders of packages that a bundled file lies in: `node_modules/a/node_modules/@b/c`. */
function foldersIn({ outputs }: Metafile): ReadonlySet<string> {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return new Set(files.flatMap((file) => folderOf(file) ?? []));
}

function folderOf(file: string): string | undefined {
  return /^(?:[\w-]+:)?(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

function importsAmong(
  { inputs }: Metafile,
  keys: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const among = new Map<string, Set<string>>();
  const keyOf = (file: string) => keys.get(folderOf(file) ?? '');
  for (const [file, { imports }] of Object.entries(inputs)) {
    const from = keyOf(file);
    if (from === undefined) continue;
    const all = among.get(from) ?? new Set();
    for (const { path } of imports) {
      const to = keyOf(path);
      if (to !== undefined && to !== from) all.add(to);
    }
    among.set(from, all);
  }
  return among;
}
