import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { consoleDoor, type DoorDeps } from '../shared/console/door/door.ts';
import { NO_CONSOLE } from '../shared/console/door/refusals.ts';
import { defined } from '../shared/domain/defined.ts';

/**
 * `/api/console` and all below it; without `deps` there is no console. The function asks for no key: the door looks at who is
 * signed in, at each request.
 */
export function operatorsConsole(deps: DoorDeps | undefined): HttpHandler {
  const door = deps === undefined ? async () => NO_CONSOLE : consoleDoor(deps);
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const { pathname } = new URL(request.url);
      const { status, headers, body } = await door({
        method: request.method,
        path: /^\/api\/console(.*)$/is.exec(pathname)?.[1] ?? '/',
        query: request.query,
        header: (name) => request.headers.get(name) ?? undefined,
        body: async () => new Uint8Array(await request.arrayBuffer()),
        scheme: deps?.signIn === 'nobody' ? 'http' : 'https',
      });
      return { status, headers: { ...headers }, ...defined({ body }) };
    });
}
