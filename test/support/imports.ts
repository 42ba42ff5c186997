import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An import, or an export with a source, of any way of writing it. */
export interface Import {
  readonly file: string;
  /** A file, from the root; or the name of a package. */
  readonly target: string;
  readonly isPackage: boolean;
  /** Nothing of it is left when the program runs. */
  readonly isTypeOnly: boolean;
  /** Loaded when it is first needed, not when the file begins. */
  readonly isLazy: boolean;
}

const WRITTEN =
  /\b(?:import|export)\b(?<words>[^'"`;]*?)\bfrom\s*['"](?<from>[^'"]+)['"]|^\s*import\s*['"](?<plain>[^'"]+)['"]|\bimport\(\s*['"`](?<later>[^'"`]+)['"`]|\brequire(?:\.resolve)?\(\s*['"`](?<required>[^'"`]+)['"`]\s*\)/gm;

/** Everything that is code, plain JavaScript and tests included. */
export const sources: readonly string[] = globSync(
  '{app,functions,shared,dev,bench,test,infra,docs}/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  { cwd: root, exclude: ['**/node_modules/**'] },
).map((file) => file.replaceAll(sep, '/'));

/** Those of Node's own modules included. */
export const everyImport: readonly Import[] = sources.flatMap((file) => importsIn(file, read(file)));

export const imports: readonly Import[] = everyImport.filter(
  ({ target }) => !target.startsWith('node:') && !builtinModules.includes(target),
);

export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

export function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

export function importsIn(file: string, source: string): readonly Import[] {
  return [...withoutComments(source).matchAll(WRITTEN)].map(({ groups = {} }) => {
    const specifier = groups.from ?? groups.plain ?? groups.later ?? groups.required ?? '';
    const isPackage = !specifier.startsWith('.');
    const path = normalize(join(dirname(file), specifier)).replaceAll(sep, '/');
    const kind = {
      isPackage,
      isTypeOnly: groups.words !== undefined && isOfTypes(groups.words),
      isLazy: groups.later !== undefined || groups.required !== undefined,
    };
    return { file, target: isPackage ? specifier : path, ...kind };
  });
}

export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** `type { A }`, or `{ type A, type B }`. */
function isOfTypes(words: string): boolean {
  return /^\s+type\b/.test(words) || /^\s*\{(?:\s*type\s[^,}]*,?)+\s*\}\s*$/.test(words);
}
