import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { functionLengths } from './support/function-lengths.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('{app,functions,shared,bench,dev}/**/*.{ts,tsx}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.d.ts') && !/^dev\/[^/]+\/(test|node_modules)\//.test(file));

const MOST_LINES_OF_A_FILE = 300;
/** Without those of the functions inside it. */
const MOST_LINES_OF_A_FUNCTION = 80;
/** With all that is inside it: what somebody has to hold in mind who reads a closure. In the app's own rooms. */
const MOST_LINES_OF_A_CLOSURE = 120;

/** What is longer than that, and how long it may be: each may only become shorter, and goes when it fits. */
const longFiles: Lengths = {};
const longFunctions: Lengths = {
  'dev/api/openapi.ts openapi': 119,
  'dev/stack/stack.ts startStack': 89,
};
const longClosures: Lengths = {};

interface Lengths {
  readonly [name: string]: number;
}

/** What is longer than `most` and not listed, or listed and not so long any more. */
function strays(lengths: readonly (readonly [string, number])[], most: number, listed: Lengths): object {
  const long = new Map<string, number>();
  for (const [name, length] of lengths) {
    if (length > most) long.set(name, Math.max(length, long.get(name) ?? 0));
  }
  const wrong = [...new Set([...long.keys(), ...Object.keys(listed)])].filter((name) => {
    const length = long.get(name);
    return length === undefined || length > (listed[name] ?? most);
  });
  return Object.fromEntries(wrong.map((name) => [name, long.get(name) ?? 'fits now: take it off the list']));
}

describe('what somebody reads at once', () => {
  it('is a file of 300 lines at most', () => {
    const lengths = files.map(
      (file) => [file, readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length] as const,
    );
    expect(lengths.length).toBeGreaterThan(50);
    expect(strays(lengths, MOST_LINES_OF_A_FILE, longFiles)).toEqual({});
  });

  it('is a function of 80 lines at most, and of 120 with those inside it', () => {
    const functions = functionLengths(files);
    expect(functions.length).toBeGreaterThan(1000);
    const own = functions.map(({ file, name, own: lines }) => [`${file} ${name}`, lines] as const);
    expect(strays(own, MOST_LINES_OF_A_FUNCTION, longFunctions)).toEqual({});
    const whole = functions
      .filter(({ file }) => /^(functions|shared)\//.test(file))
      .map(({ file, name, whole: lines }) => [`${file} ${name}`, lines] as const);
    expect(strays(whole, MOST_LINES_OF_A_CLOSURE, longClosures)).toEqual({});
  });
});
