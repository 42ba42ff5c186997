import { store } from './store.ts';

/** Where the page is: `#/notifications/<id>?outcome=rejected`. */
export interface Route {
  readonly view: string;
  /** What is opened in the view. */
  readonly id?: string;
  readonly query: URLSearchParams;
  /** Counts the links that were followed: the same address again is a new visit. */
  readonly visit: number;
}

let visits = 0;

export const route = store<Route>(routeOf(location.hash));

export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s, 2);
  const [view = '', id] = path.split('/').map(decoded);
  return {
    view: view === '' ? 'now' : view,
    ...(id === undefined || id === '' ? {} : { id }),
    query: new URLSearchParams(query),
    visit: visits,
  };
}

export function hrefOf(
  view: string,
  id?: string,
  query: { readonly [name: string]: string | undefined } = {},
): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as [string, string]],
  );
  const path = id === undefined ? view : `${view}/${encodeURIComponent(id)}`;
  return `#/${path}${given.length === 0 ? '' : `?${new URLSearchParams(given)}`}`;
}

export function go(href: string): void {
  location.hash = href;
}

/** Changes what the address says without a new step to go back to: filters, as they are typed. */
export function replace(href: string): void {
  history.replaceState(null, '', href);
  route.set(routeOf(location.hash));
}

export function followRoutes(): void {
  addEventListener('hashchange', () => {
    visits += 1;
    route.set(routeOf(location.hash));
  });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A half of an escape, typed by hand: it names nothing that is known, and the view says so.
    return part;
  }
}
