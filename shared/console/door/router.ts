import type { ConsoleRoute } from '../route.ts';

export type Found =
  | { readonly route: ConsoleRoute; readonly params: { readonly [name: string]: string } }
  /** The address is there, for these methods. */
  | { readonly allow: readonly string[] }
  | undefined;

/** Longer than any id, name or mail. */
const LONGEST_SEGMENT = 1024;

/** The route for a method and a path (`people/{key}`, encoded as it came); a word that is meant goes before what varies. */
export function routerOf(routes: readonly ConsoleRoute[]): (method: string, path: string) => Found {
  const known = routes
    .map((route) => ({ route, pattern: route.path.split('/') }))
    .sort((a, b) => variables(a.pattern) - variables(b.pattern));
  return (method, path) => {
    const segments = decoded(path);
    if (segments === undefined) return undefined;
    const matching = known.flatMap(({ route, pattern }) => {
      const params = paramsOf(pattern, segments);
      return params === undefined ? [] : [{ route, params }];
    });
    const found = matching.find(({ route }) => route.method === method);
    if (found !== undefined) return found;
    if (matching.length === 0) return undefined;
    return { allow: [...new Set(matching.map(({ route }) => route.method))] };
  };
}

/** Each segment by itself, so that an id with a slash in it stays one; `undefined` for what is no address of anything. */
function decoded(path: string): readonly string[] | undefined {
  try {
    const segments = path.split('/').map((segment) => decodeURIComponent(segment));
    const isNamed = (segment: string) =>
      segment !== '' && segment.length <= LONGEST_SEGMENT && !/\p{Cc}/u.test(segment);
    return segments.every(isNamed) ? segments : undefined;
  } catch {
    // No text is encoded like this: whoever asked is told that there is nothing.
    return undefined;
  }
}

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): { readonly [name: string]: string } | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: { [name: string]: string } = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) params[name] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}

function variables(pattern: readonly string[]): number {
  return pattern.filter((part) => part.startsWith('{')).length;
}
