import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { KnownPatterns } from './known-patterns.ts';

// The pure JavaScript of it: it says the same on every machine.
process.env.RECHECK_SYNC_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['shared', 'functions'].flatMap((room) => filesIn(join(root, room)));

/** Patterns in code, as they are written. */
const LITERAL =
  /(?<=(?:[(=,:[&|!?>{};]|return|^)\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)(?=[\s.,;:)\]])/gm;

const patterns = new Map(
  sources.flatMap((file) =>
    patternsIn(readFileSync(file, 'utf8')).map(([pattern, flags]) => [
      `/${pattern}/${flags}`,
      { pattern, flags, file: relative(root, file) },
    ]),
  ),
);

const known = KnownPatterns.of(root);
afterAll(() => known.keep([...patterns.keys()]));

/** What becomes of the time that a pattern takes when a text gets longer. */
function growthOf(pattern: string, flags: string): string {
  // Without a limit of time, at any step: on a machine that is busy the answer is the same.
  const found = checkSync(pattern, flags, {
    timeout: null,
    incubationTimeout: null,
    attackTimeout: null,
    seedingTimeout: null,
  });
  if (found.status === 'safe') return 'in proportion to the text';
  return found.status === 'vulnerable' ? found.complexity.summary : `unknown: ${found.error.kind}`;
}

describe('no regular expression takes longer than in proportion to the text', () => {
  it.each([...patterns])(
    '%s',
    (name, { pattern, flags, file }) => {
      if (known.has(name)) return;
      expect([file, growthOf(pattern, flags)]).toEqual([file, 'in proportion to the text']);
      known.add(name);
    },
    120_000,
  );

  it('and none is put together while the app runs, where this test cannot see it', () => {
    const made = sources.filter((file) => /\bRegExp\(/.test(withoutComments(readFileSync(file, 'utf8'))));
    expect(made.map((file) => relative(root, file))).toEqual([]);
  });

  it.each([
    ['[.!?]+$', 'polynomial'],
    ['^(a+)+$', 'exponential'],
    ['^(.*?)(?:\\s+for)?\\s+\\d+$', 'polynomial'],
  ])('and one that does is seen: %s', (pattern, growth) => {
    expect(growthOf(pattern, '')).toContain(growth);
  });

  it('and each is found, wherever it stands', () => {
    const code = "const a = /x'y/g;\nreturn /[/\"]+/.test(b) ? c.replace(/d\\/e/u, '') : f / g / h; // /i/\n";
    expect(patternsIn(code)).toEqual([
      ["x'y", 'g'],
      ['[/"]+', ''],
      ['d\\/e', 'u'],
    ]);
    expect(patterns.size).toBeGreaterThan(200);
  });
});

function patternsIn(code: string): readonly (readonly [pattern: string, flags: string])[] {
  return [...withoutComments(code).matchAll(LITERAL)].map(([, pattern = '', flags = '']) => [pattern, flags]);
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
