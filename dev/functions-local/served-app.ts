import { messageOf } from './core/errors.ts';
import type { LogSink, RegisteredFunction } from './core/invocation.ts';
import type { ServedApp } from './http/http-server.ts';
import { createRouter } from './http/router.ts';
import type { Invocations } from './invocations.ts';
import type { Listener } from './triggers.ts';

export interface ServedAppOptions {
  functions: ReadonlyMap<string, RegisteredFunction>;
  isDisabled(name: string): boolean;
  /** The listener of a function, made when it has none because it is disabled. */
  listenerOf(registered: RegisteredFunction): Promise<Listener | undefined>;
  invocations: Invocations;
  routePrefix: string;
  baseUrl: string;
  log: LogSink;
}

/**
 * What the HTTP server answers: the app's HTTP functions that are not disabled, and the admin routes.
 *
 * @throws HostError for a route that cannot be read.
 */
export function servedApp(options: ServedAppOptions): ServedApp {
  const { functions, isDisabled, listenerOf, invocations, log } = options;
  const http = [...functions.values()].filter(({ trigger }) => /^httptrigger$/i.test(trigger.type ?? ''));
  const all = createRouter(http, options.routePrefix);
  const templates = new Map(all.routes.map((route) => [route.registered.name, route.template]));

  async function invokeByHand(registered: RegisteredFunction, input: string): Promise<void> {
    const { name } = registered;
    try {
      const listener = await listenerOf(registered);
      if (listener) await invocations.run(name, await listener.manualInput(input));
    } catch (error) {
      const message = `The run by hand failed: ${messageOf(error)}`;
      log({ level: 'warning', category: 'system', functionName: name, message });
    }
  }

  return {
    router: createRouter(
      http.filter(({ name }) => !isDisabled(name)),
      options.routePrefix,
    ),
    run: invocations.run,
    admin: {
      functions,
      isDisabled,
      baseUrl: options.baseUrl,
      templateOf: (name) => templates.get(name),
      invoke: (registered, input) => void invokeByHand(registered, input),
    },
  };
}
