/** Every message of a language, under its path: texts as they are, and functions called with each of their samples. */
export function messagesOf(words: unknown, samples: unknown): ReadonlyMap<string, string> {
  return new Map(visit(words, samples, ''));
}

function visit(words: unknown, calls: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    if (!Array.isArray(calls)) throw new Error(`${path} has no samples; add them to its samples`);
    return calls.map((parameters: readonly unknown[], index) => [`${path}[${index}]`, words(...parameters)]);
  }
  return Object.entries(words ?? {}).flatMap(([name, inner]) =>
    visit(inner, memberOf(calls, name), path === '' ? name : `${path}.${name}`),
  );
}

function memberOf(calls: unknown, name: string): unknown {
  return Object.entries(calls ?? {}).find(([known]) => known === name)?.[1];
}
