import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { HostError } from '../core/errors.ts';
import { invalid, readJson } from './host-json.ts';

const packageJson = z.object({ main: z.string().min(1).optional(), type: z.string().optional() });

/** Entry files that this process has loaded before: Node.js would not run them a second time. */
const loadedBefore = new Set<string>();
let reloads = 0;

/**
 * Loads every file that `main` of DIR/package.json matches (a path or a glob), one after the other: `.mjs`,
 * and `.js` of a package with `"type": "module"`, by `import`, the rest by `require`.
 *
 * @throws HostError when there is no `main` or nothing matches it, else what a file threw.
 */
export async function loadEntryFiles(directory: string): Promise<void> {
  const file = join(directory, 'package.json');
  const parsed = packageJson.safeParse(await readJson(file));
  if (!parsed.success) throw invalid(file, parsed.error);
  const { main, type } = parsed.data;
  if (!main) throw new HostError(`${file} has no "main". Set it to the app's entry file or a glob.`);

  for (const entry of entryFiles(directory, main)) {
    const isModule = entry.endsWith('.mjs') || (!entry.endsWith('.cjs') && type === 'module');
    await (isModule ? importFresh(entry) : requireFresh(entry));
    loadedBefore.add(entry);
  }
}

/** The absolute paths that the pattern matches, in a stable order. */
function entryFiles(directory: string, pattern: string): string[] {
  const relative = pattern.replace(/^\.\//, '');
  const literal = resolve(directory, relative);
  if (existsSync(literal)) return [literal];
  const files = globSync(relative, { cwd: directory }).sort();
  if (files.length > 0) return files.map((each) => resolve(directory, each));
  throw new HostError(
    `No file in ${directory} matches "main" of its package.json, "${pattern}". Build the app, or correct "main".`,
  );
}

async function importFresh(file: string): Promise<void> {
  const url = pathToFileURL(file);
  if (loadedBefore.has(file)) url.searchParams.set('reload', String(++reloads));
  await import(url.href);
}

function requireFresh(file: string): void {
  const require = createRequire(file);
  if (loadedBefore.has(file)) delete require.cache[file];
  require(file);
}
