import { join, resolve } from 'node:path';
import { loadEntryFiles } from './app/entry-files.ts';
import { applyEnvironment } from './app/environment.ts';
import { parseHostJson, readHostJson } from './app/host-json.ts';
import { isDisabled, settingsFrom } from './app/settings.ts';
import { createFunctionsCore } from './core/functions-core.ts';
import type { InvocationOutcome, TriggerInput } from './core/invocation.ts';
import { type HttpServer, listen } from './http/http-server.ts';
import { trackInvocations } from './invocations.ts';
import { logWriter } from './log/log-writer.ts';
import { servedApp } from './served-app.ts';
import { serviceBusConnections } from './service-bus/service-bus-client.ts';
import { shutDown } from './shutdown.ts';
import { scheduleStoreIn, scheduleStoreInMemory } from './timer/schedule-status.ts';
import { createListener, type Listener } from './triggers.ts';

export interface HostOptions {
  /**
   * The app: a folder with host.json and a package.json whose `main` names its entry file or files, or a
   * function that registers with `@azure/functions` (for tests).
   */
  app: string | (() => unknown);
  /** Default 7071; 0 for a free one. */
  port?: number;
  /** App settings beside those of `process.env`; put there while the host runs, since the app reads them there. */
  env?: Record<string, string | undefined>;
  /** The setting that tells the app the address on which the host listens, whatever else it is set to. */
  hostSetting?: string;
  /** Keeps the timers' schedule statuses. Without it they are forgotten when the host stops. */
  dataDirectory?: string;
  /** For an app that is a function: what its host.json would hold. Default: a plain one. */
  hostJson?: unknown;
  /** Whether functions see a trace; without Application Insights those of the real host see none. Default true. */
  trace?: boolean;
  /** Logs each invocation, and debug lines. */
  verbose?: boolean;
  /** Takes each log line, without its line break. Default: standard output. */
  write?: (line: string) => void;
  /** How long `stop` waits for running invocations, and then for appTerminate hooks. Default 5000. */
  gracePeriodMs?: number;
}

export interface FunctionsHost {
  readonly port: number;
  /** `http://127.0.0.1:<port>`. */
  readonly baseUrl: string;
  /** The functions that run; those disabled by an app setting are left out. */
  readonly functions: readonly string[];
  /** Invokes a function without its trigger. */
  invoke(functionName: string, input: TriggerInput): Promise<InvocationOutcome>;
  /** Stops receiving, waits for what runs, runs the appTerminate hooks, closes every connection. */
  stop(): Promise<void>;
}

/**
 * Starts a local stand-in for the Azure Functions host: it gives the real `@azure/functions` library its
 * worker and runs the app's HTTP, timer and Service Bus functions.
 *
 * @throws HostError when the port is taken or the app cannot run; nothing is left open then.
 */
export async function startHost(options: HostOptions): Promise<FunctionsHost> {
  const server = await listen(options.port ?? 7071);
  const { env, hostSetting } = options;
  const always = { ...env, ...(hostSetting === undefined ? {} : { [hostSetting]: server.host }) };
  const restoreEnvironment = applyEnvironment(always, {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    WEBSITE_HOSTNAME: `localhost:${server.port}`,
  });
  const undo: (() => Promise<void>)[] = [() => server.close(), async () => restoreEnvironment()];
  try {
    return await runApp(options, server, undo);
  } catch (error) {
    for (const each of undo) await each();
    throw error;
  }
}

async function runApp(
  options: HostOptions,
  server: HttpServer,
  undo: (() => Promise<void>)[],
): Promise<FunctionsHost> {
  const { app, verbose = false, gracePeriodMs = 5000 } = options;
  const directory = typeof app === 'string' ? resolve(app) : undefined;
  const hostSettings = directory
    ? await readHostJson(directory)
    : parseHostJson(options.hostJson ?? { version: '2.0' }, 'hostJson');
  const write = options.write ?? ((line) => process.stdout.write(`${line}\n`));
  const log = logWriter({ levels: hostSettings.logLevels, verbose, write });

  const core = createFunctionsCore({
    log,
    trace: options.trace ?? true,
    ...(directory ? { appDirectory: directory } : {}),
  });
  await core.load(typeof app === 'string' ? () => loadEntryFiles(resolve(app)) : app);
  const invocations = trackInvocations(core, log, verbose);
  const connections = serviceBusConnections(log);
  undo.push(() => connections.close());
  const settings = settingsFrom(process.env);
  const schedules = options.dataDirectory
    ? scheduleStoreIn(join(options.dataDirectory, 'timers'))
    : scheduleStoreInMemory();
  const { run } = invocations;
  const triggers = { settings, serviceBus: hostSettings.serviceBus, connections, schedules, run, log };
  const names = [...core.functions.keys()];
  const disabled = (name: string): boolean => isDisabled(name, settings);
  const running = names.filter((name) => !disabled(name));

  const listeners = new Map<string, Listener>();
  for (const registered of core.functions.values()) {
    const listener = disabled(registered.name) ? undefined : await createListener(registered, triggers);
    if (listener) listeners.set(registered.name, listener);
  }
  server.serve(
    servedApp({
      functions: core.functions,
      isDisabled: disabled,
      listenerOf: async (registered) =>
        listeners.get(registered.name) ?? createListener(registered, triggers),
      invocations,
      routePrefix: hostSettings.routePrefix,
      baseUrl: baseUrlOf(server),
      log,
    }),
  );
  for (const functionName of names.filter(disabled)) {
    log({ level: 'information', category: 'system', functionName, message: 'Disabled by an app setting.' });
  }
  for (const listener of listeners.values()) await listener.start();

  let stopped: Promise<void> | undefined;
  return {
    port: server.port,
    baseUrl: baseUrlOf(server),
    functions: running,
    invoke: run,
    stop() {
      stopped ??= shutDown({
        server,
        listeners: [...listeners.values()],
        invocations,
        core,
        close: async () => void (await Promise.all(undo.map((each) => each()))),
        gracePeriodMs,
        log,
      });
      return stopped;
    },
  };
}

function baseUrlOf({ port }: HttpServer): string {
  return `http://127.0.0.1:${port}`;
}
