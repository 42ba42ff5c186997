import { HttpError } from './errors.ts';

/** A request target, cut apart. Segments are percent-decoded one by one, so that an id may hold a `/`. */
export interface Target {
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

const NO_QUERY = new URLSearchParams();

/** Cuts `/v3/conversations/a%2Fb?x=1` into its parts. Throws HttpError 400 for a broken percent sign. */
export function parseTarget(url: string): Target {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const query = at < 0 ? NO_QUERY : new URLSearchParams(url.slice(at + 1));
  const segments = path.split('/');
  segments.shift();
  if (!path.includes('%')) return { segments, query };
  try {
    return { segments: segments.map(decodeURIComponent), query };
  } catch {
    throw new HttpError(400, 'BadSyntax', `The path holds a broken percent-encoding: ${path}`);
  }
}
