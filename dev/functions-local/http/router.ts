import { HostError } from '../core/errors.ts';
import type { RegisteredFunction } from '../core/invocation.ts';
import { compileRoute, type RouteMatcher, type RouteValues } from './route.ts';

interface HttpRoute {
  registered: RegisteredFunction;
  /** As mapped, without the leading slash: `api/users/{id}`. */
  template: string;
  /** Upper case; undefined for all. */
  methods: ReadonlySet<string> | undefined;
  match: RouteMatcher;
}

export interface RouteMatch {
  registered: RegisteredFunction;
  values: RouteValues;
}

export interface Router {
  readonly routes: readonly HttpRoute[];
  /**
   * The function for a request. The method is part of the route, as in the real host: a method that the
   * function does not list finds nothing (404, never 405), and HEAD is not answered by a GET function.
   */
  find(method: string, path: string): RouteMatch | undefined;
}

/**
 * The table of HTTP routes: route prefix, then the function's `route`, or its name when it has none. The
 * first that matches wins, in the order of registration.
 *
 * @throws HostError for a route that cannot be read; it names the function.
 */
export function createRouter(functions: Iterable<RegisteredFunction>, routePrefix: string): Router {
  const prefix = routePrefix.replace(/^\/|\/$/g, '');
  const routes = [...functions].map((registered): HttpRoute => {
    const { methods, route } = registered.trigger;
    const own = typeof route === 'string' && route !== '' ? route.replace(/^\//, '') : registered.name;
    const template = prefix === '' ? own : `${prefix}/${own}`;
    try {
      return {
        registered,
        template,
        methods: Array.isArray(methods)
          ? new Set(methods.map((each) => String(each).toUpperCase()))
          : undefined,
        match: compileRoute(template),
      };
    } catch (error) {
      if (error instanceof HostError) throw new HostError(`Function "${registered.name}": ${error.message}`);
      throw error;
    }
  });

  return {
    routes,
    find(method, path) {
      for (const { registered, methods, match } of routes) {
        if (methods && !methods.has(method)) continue;
        const values = match(path);
        if (values) return { registered, values };
      }
      return undefined;
    },
  };
}
