import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An import, or an export with a source, of any way of writing it; those of Node's own modules are left out. */
export interface Import {
  readonly file: string;
  /** A file, from the root; or the name of a package. */
  readonly target: string;
  readonly isPackage: boolean;
  /** The file cannot begin without it: it is neither of types alone nor loaded later. */
  readonly isNeededAtOnce: boolean;
}

const WRITTEN =
  /\b(?:import|export)\b(?<words>[^'";]*?)\bfrom\s*'(?<from>[^']+)'|\bimport\s*'(?<plain>[^']+)'|\bimport\(\s*'(?<later>[^']+)'|\brequire(?:\.resolve)?\('(?<required>[^']+)'\)/g;

/** Everything that is code, plain JavaScript and tests included. */
export const sources: readonly string[] = globSync(
  '{functions,shared,dev,bench,test,infra,docs}/**/*.{ts,mts,mjs,js}',
  { cwd: root, exclude: ['**/node_modules/**'] },
).map((file) => file.replaceAll(sep, '/'));

export const imports: readonly Import[] = sources.flatMap(importsOf);

export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function importsOf(file: string): readonly Import[] {
  const source = read(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '');
  return [...source.matchAll(WRITTEN)].flatMap(({ groups = {} }) => {
    const specifier = groups.from ?? groups.plain ?? groups.later ?? groups.required ?? '';
    if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return [];
    const isPackage = !specifier.startsWith('.');
    const path = normalize(join(dirname(file), specifier)).replaceAll(sep, '/');
    const isNeededAtOnce =
      groups.plain !== undefined || (groups.words !== undefined && !isOfTypes(groups.words));
    return [{ file, isPackage, isNeededAtOnce, target: isPackage ? specifier : path }];
  });
}

/** `type { A }`, or `{ type A, type B }`. */
function isOfTypes(words: string): boolean {
  return /^\s+type\b/.test(words) || /^\s*\{(?:\s*type\s[^,}]*,?)+\s*\}\s*$/.test(words);
}
