import { Session } from 'node:inspector';

/** What is counted: our own code, and what it has done by packages that look at texts. */
const COUNTED = /\/shared\/|\/node_modules\/(?:rrule-temporal|temporal-|botbuilder|zod)/;

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/**
 * Counts what code does since it was last asked, in steps: how often each of its blocks runs (V8's own block counters, so that no loop is missed),
 * and how much text and how many entries the methods of the language go through for it. Backtracking within a regular
 * expression is the one thing that it cannot see; see `regular-expressions.test.ts`.
 *
 * Only code that is loaded afterwards is counted block by block: begin, then `import()`.
 */
export function beginCounting(): { readonly stepsOf: (work: () => unknown) => Promise<number> } {
  const session = new Session();
  session.connect();
  post(session, 'Profiler.enable');
  post(session, 'Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return {
    async stepsOf(work) {
      const { gone, restore } = watchBuiltIns();
      try {
        await work();
      } finally {
        restore();
      }
      const { result } = post(session, 'Profiler.takePreciseCoverage') as Coverage;
      const blocks = result
        .filter(({ url }) => COUNTED.test(url))
        .flatMap(({ functions }) => functions)
        .flatMap(({ ranges }) => ranges)
        .reduce((sum, { count }) => sum + count, 0);
      return blocks + gone();
    },
  };
}

/** The inspector of one's own process answers before `post` returns. */
function post(session: Session, method: string, parameters: object = {}): unknown {
  let answer: unknown;
  session.post(method, parameters, (error: Error | null, result: unknown) => {
    if (error !== null) throw error;
    answer = result;
  });
  return answer;
}

type Method = (this: unknown, ...given: unknown[]) => unknown;
/** How far a call went, by what it was called on, what it was given and what came back. */
type Distance = (on: { readonly length: number }, given: readonly unknown[], result: unknown) => number;

const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : 0;
const through: Distance = (on) => on.length;
const ofResult: Distance = (_on, _given, result) => lengthOf(result);
const search: Distance = (on, [pattern, from = 0], result) =>
  lengthOf(pattern) +
  (typeof result === 'number' && result >= 0 ? Math.abs(result - Number(from)) : on.length);

const ofStrings: { readonly [name: string]: Distance } = {
  ...Object.fromEntries(
    'toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase normalize isWellFormed trim trimStart trimEnd replace replaceAll split match matchAll search includes localeCompare'
      .split(' ')
      .map((name) => [name, through]),
  ),
  ...Object.fromEntries('slice substring repeat padStart concat'.split(' ').map((name) => [name, ofResult])),
  indexOf: search,
  lastIndexOf: search,
};
const ofArrays: { readonly [name: string]: Distance } = {
  ...Object.fromEntries(
    'join includes indexOf lastIndexOf sort reverse flat fill shift unshift splice values'
      .split(' ')
      .map((name) => [name, through]),
  ),
  slice: ofResult,
  concat: ofResult,
};

/** Puts a counter around the methods that go through texts and lists. */
function watchBuiltIns(): { readonly gone: () => number; readonly restore: () => void } {
  let steps = 0;
  const put: (() => void)[] = [];
  const watch = (owner: object, name: PropertyKey, distance: Distance): void => {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    const method = before?.value as Method;
    const watched: Method = function (...given) {
      // A pattern that goes on begins where its last match ended.
      const began = this instanceof RegExp && (this.global || this.sticky) ? this.lastIndex : 0;
      const result = method.apply(this, given);
      steps += 1 + Math.max(0, distance(this as { length: number }, given, result) - began);
      return result;
    };
    Object.defineProperty(owner, name, { ...before, value: watched });
    put.push(() => Object.defineProperty(owner, name, before ?? {}));
  };
  for (const [name, distance] of Object.entries(ofStrings)) watch(String.prototype, name, distance);
  for (const [name, distance] of Object.entries(ofArrays)) watch(Array.prototype, name, distance);
  // What spreads a list, or goes through it with `for ... of`, takes this.
  watch(Array.prototype, Symbol.iterator, through);
  watch(Array, 'from', ofResult);
  watch(JSON, 'stringify', ofResult);
  watch(JSON, 'parse', (_on, [text]) => lengthOf(text));
  // `test` and every method of a string that takes a pattern end here.
  watch(RegExp.prototype, 'exec', (on, [text], result) => {
    const { sticky } = on as unknown as RegExp;
    const found = result as RegExpExecArray | null;
    if (found !== null) return found[0].length + found.index;
    return sticky ? 0 : lengthOf(text);
  });
  return { gone: () => steps, restore: () => put.reverse().forEach((restore) => void restore()) };
}
