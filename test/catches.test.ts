import { expect, it } from 'vitest';
import { read, sources } from './support/imports.ts';

interface Catch {
  readonly file: string;
  readonly line: number;
  /** From the brace to its partner. */
  readonly body: string;
  /** The name of what was caught; empty where nobody looks at it. */
  readonly caught: string;
}

/** Of the app, where somebody depends on what becomes of the work. */
const ofTheProduct = /^(functions|shared|app)\//;
const code = sources.filter((file) => !/(^test\/|\/test\/|\.test\.ts$|\.d\.m?ts$)/.test(file));
const catches = code.flatMap((file) => catchesIn(file, read(file)));

function catchesIn(file: string, source: string): readonly Catch[] {
  // Brackets in texts and patterns are no code; lengths stay, so that places do.
  const plain = source.replace(/'(?:[^'\\\n]|\\.)*'/g, (text) => `'${'x'.repeat(text.length - 2)}'`);
  return [...plain.matchAll(/\bcatch\s*(?:\(\s*(?<caught>\w+)[^)]*\)\s*)?\{/g)].map((match) => {
    const begins = match.index + match[0].length;
    let end = begins;
    for (let open = 1; open > 0 && end < plain.length; end += 1) {
      if (plain[end] === '{') open += 1;
      if (plain[end] === '}') open -= 1;
    }
    const line = plain.slice(0, match.index).split('\n').length;
    return { file, line, body: source.slice(begins, end), caught: match.groups?.caught ?? '' };
  });
}

/** A comment of several words that begins as a sentence does and ends as one. */
function saysIt({ body }: Catch): boolean {
  const said = body.replace(/\n\s*\/\/ ?/g, (found, at) => (at === 0 ? found : ` ${found.trim()} `));
  return /\/\/\s*[A-Z0-9`][^\n]*\s[^\n]*[.:]/.test(said);
}

/** Nobody hears of it: neither is anything thrown, nor is what was caught handed on. */
function vanishes({ body, caught }: Catch): boolean {
  const rest = body.replace(/\/\/.*$/gm, '');
  return !/\bthrow\b/.test(rest) && (caught === '' || !new RegExp(`\\b${caught}\\b`).test(rest));
}

/** Those of promises, with the two lines above, where the sentence may stand as well. One that throws on says so itself. */
function promisesIn(file: string, source: string): readonly Catch[] {
  const handlers = source.matchAll(/\.catch\(\s*(?!undefined\b)(?:async\b|\(|[a-z_$][\w.]*\s*(?:\)|=>))/g);
  return [...handlers].flatMap(({ index }) => {
    const before = source.slice(0, index).split('\n');
    const body = source.slice(index + '.catch('.length, closedAt(source, index + '.catch('.length));
    if (/\bthrow\b/.test(body)) return [];
    return [{ file, line: before.length, body: [...before.slice(-3), body].join('\n'), caught: '' }];
  });
}

/** Where the bracket that is open at `begin` is closed. */
function closedAt(source: string, begin: number): number {
  let open = 1;
  let end = begin;
  for (; end < source.length && open > 0; end += 1) {
    if (source[end] === '(') open += 1;
    if (source[end] === ')') open -= 1;
  }
  return end;
}

const nameOf = ({ file, line }: Catch) => `${file}:${line}`;

it('every catch of the app says what becomes of the work', () => {
  const own = catches.filter(({ file }) => ofTheProduct.test(file));
  expect(own.length).toBeGreaterThan(60);
  expect(own.filter((one) => !saysIt(one)).map(nameOf)).toEqual([]);
});

it('so does every catch of a promise', () => {
  const own = code.filter((file) => ofTheProduct.test(file)).flatMap((file) => promisesIn(file, read(file)));
  expect(own.length).toBeGreaterThanOrEqual(3);
  expect(own.filter((one) => !saysIt(one)).map(nameOf)).toEqual([]);
});

it('every catch after which nobody hears of the error says why, in the tools and in plain JavaScript too', () => {
  expect(new Set(code.map((file) => file.split('.').at(-1)))).toEqual(new Set(['ts', 'tsx', 'mjs', 'js']));
  const silent = catches.filter(vanishes);
  expect(silent.length).toBeGreaterThan(40);
  expect(silent.filter((one) => !saysIt(one)).map(nameOf)).toEqual([]);
});

it('finds those of promises, and takes no default of a schema for one', () => {
  const found = promisesIn(
    'a.ts',
    'a().catch(() => {});\n\n\n// Nobody is told twice.\nb().catch(() => undefined);\n\n\nc().catch(ignore);\nd().catch((cause) => {\n  throw cause;\n});\nz.string().catch(undefined);\nz.enum(Way).catch(Way.update);\n',
  );
  expect(found.map((one) => [one.line, saysIt(one)])).toEqual([
    [1, false],
    [5, true],
    [8, false],
  ]);
});

it('finds them, whatever stands around', () => {
  const found = catchesIn(
    'a.ts',
    "try { a('}'); } catch (error) {\n  if (b) { c(); }\n  // Nobody is told twice.\n  d('{');\n}\ntry {} catch {\n  // why\n}\n",
  );
  expect(found.map(({ line, caught }) => [line, caught])).toEqual([
    [1, 'error'],
    [6, ''],
  ]);
  expect(found.map(saysIt)).toEqual([true, false]);
  expect(found.map(vanishes)).toEqual([true, true]);
});
