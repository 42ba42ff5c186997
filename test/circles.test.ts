import { expect, it } from 'vitest';
import { imports } from './support/imports.ts';

/** What each file needs before it can begin. */
const needs = new Map<string, string[]>();
for (const { file, target, isPackage, isTypeOnly, isLazy } of imports) {
  if (!isPackage && !isTypeOnly && !isLazy) needs.set(file, [...(needs.get(file) ?? []), target]);
}

it('finds a circle, of however many files', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['e']],
    ['e', ['b']],
  ]);
  expect(circleIn(graph)).toEqual(['b', 'd', 'e', 'b']);
  graph.set('e', ['c']);
  expect(circleIn(graph)).toBeUndefined();
});

it('no files need each other in a circle before they can begin', () => {
  expect(needs.size).toBeGreaterThan(900);
  expect(circleIn(needs)).toBeUndefined();
});

/** The files of one circle, in the order in which they need each other; `undefined` where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const follow = (file: string, way: readonly string[]): readonly string[] | undefined => {
    const at = way.indexOf(file);
    if (at >= 0) return [...way.slice(at), file];
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const circle = follow(target, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = follow(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
