import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (patterns: readonly string[]) =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.includes('node_modules'))
    .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(root, file), 'utf8') }));

const EXPORTED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|class) ([A-Za-z_$][\w$]*)/gm;

/** Values that one file exports and no other file names. A type may be exported for what it says of a function beside it. */
function deadExports(
  sources: readonly { readonly file: string; readonly text: string }[],
): readonly string[] {
  const files = new Map<string, Set<string>>();
  for (const { file, text } of sources) {
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g))
      files.set(word, (files.get(word) ?? new Set()).add(file));
  }
  return sources.flatMap(({ file, text }) =>
    [...text.matchAll(EXPORTED)]
      .filter(([, name = '']) => files.get(name)?.size === 1)
      .map(([, name]) => `${file} ${name}`),
  );
}

it('nothing is exported that no other file uses', () => {
  const sources = read([
    '{app,shared,functions,dev,bench}/**/*.{ts,tsx,mjs,mts}',
    'test/**/*.ts',
    'vitest.config.ts',
  ]);
  expect(sources.length).toBeGreaterThan(1000);
  const dead = deadExports(sources).filter((name) => !/^test\//.test(name));
  expect(dead).toEqual([]);
});

it('an export that nobody uses is seen', () => {
  const sources = [
    { file: 'a.ts', text: 'export const used = 1;\nexport async function unused() {}\nexport class Lost {}' },
    { file: 'b.ts', text: "import { used } from './a.ts';" },
  ];
  expect(deadExports(sources)).toEqual(['a.ts unused', 'a.ts Lost']);
});
