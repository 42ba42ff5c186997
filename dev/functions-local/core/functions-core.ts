import { Disposable } from './disposable.ts';
import { HostError, messageOf, systemError } from './errors.ts';
import { Hooks } from './hooks.ts';
import { whileLoading } from './injected-module.ts';
import {
  emitLog,
  type InvocationOutcome,
  type LogSink,
  type RegisteredFunction,
  runInvocation,
  type TriggerInput,
} from './invocation.ts';
import type {
  FunctionCallback,
  FunctionMetadata,
  ProgrammingModel,
  RpcLogCategory,
  RpcLogLevel,
} from './rpc.ts';

/** The worker's part of the host: one app's functions and hooks, and how they are invoked. */
export interface FunctionsCore {
  /** By name, in the order of registration. */
  readonly functions: ReadonlyMap<string, RegisteredFunction>;
  /**
   * Runs `register`, which registers functions and hooks with `@azure/functions` (usually it imports the app's
   * entry file), then the appStart hooks, and locks registration.
   *
   * @throws HostError when `register` throws, registers nothing, or asks for HTTP streaming.
   */
  load(register: () => unknown): Promise<void>;
  /**
   * Invokes a function with the real `InvocationContext`.
   *
   * @throws HostError for an unknown name, else what the handler threw.
   */
  invoke(functionName: string, input: TriggerInput): Promise<InvocationOutcome>;
  /** Runs the appTerminate hooks. */
  terminate(): Promise<void>;
}

export interface FunctionsCoreOptions {
  /** Receives what the app and the library log. Default: nobody. */
  log?: LogSink;
  /** Told to the appStart hooks. */
  appDirectory?: string;
  /** Whether functions see a trace, as on a host with Application Insights. Default true. */
  trace?: boolean;
}

/** The capabilities that the worker offers; the library adds its own and those of `app.setup`. */
const workerCapabilities = [
  'RawHttpBodyBytes',
  'RpcHttpTriggerMetadataRemoved',
  'RpcHttpBodyOnly',
  'IgnoreEmptyValuedRpcHttpHeaders',
  'UseNullableValueDictionaryForHttp',
  'WorkerStatus',
  'TypedDataCollection',
  'HandlesWorkerTerminateMessage',
];

/** The names that the host accepts for a function. */
const functionName = /^(?!host$)[a-z][a-z0-9_-]{0,127}$/i;

/**
 * Makes a core, ready to load an app. Several may exist in one process, one after the other or side by side:
 * each sees what its own `load` registers.
 */
export function createFunctionsCore(options: FunctionsCoreOptions = {}): FunctionsCore {
  const functions = new Map<string, RegisteredFunction>();
  const scope = {
    hooks: new Hooks(),
    /** Shared between all hooks of the app. */
    appHookData: {} as Record<string, unknown>, // filled by the app's hooks
    log: options.log ?? (() => {}),
    trace: options.trace ?? true,
  };
  /** Shared between appStart and appTerminate only. */
  const appLevelHookData: Record<string, unknown> = {};
  let locked = false;

  const registry = {
    registerFunction(
      metadata: FunctionMetadata,
      callback: FunctionCallback,
      model: ProgrammingModel,
    ): Disposable {
      if (locked) throw systemError(new Error('A function can only be registered during app startup.'));
      const id = metadata.functionId ?? metadata.name;
      if (functions.has(id)) {
        throw systemError(new Error(`A function with id "${id}" has already been registered.`));
      }
      functions.set(id, registeredFunction(metadata, callback, model));
      return new Disposable(() => functions.delete(id));
    },
    registerHook: scope.hooks.register.bind(scope.hooks),
    log: (level: RpcLogLevel, category: RpcLogCategory, message: string): void =>
      emitLog(scope, { hookData: {}, appHookData: scope.appHookData, level, category, message }, {}),
  };

  return {
    functions,

    load: (register) =>
      whileLoading(registry, async () => {
        try {
          await register();
        } catch (error) {
          throw new HostError(`The app failed to load: ${messageOf(error)}`, { cause: error });
        }
        if (functions.size === 0) {
          throw new HostError(
            'The app registers no function. Its entry file has to call app.http(), app.timer() or another ' +
              'app.*() of @azure/functions while it loads, and a bundle has to leave @azure/functions-core external.',
          );
        }
        await scope.hooks.run('appStart', {
          hookData: appLevelHookData,
          appHookData: scope.appHookData,
          functionAppDirectory: options.appDirectory ?? process.cwd(),
        });
        for (const model of new Set([...functions.values()].map((each) => each.model))) {
          await assertBuffered(model);
        }
        locked = true;
      }),

    async invoke(name, input) {
      const registered = functions.get(name);
      if (!registered) {
        throw new HostError(
          `There is no function "${name}". The app registers: ${[...functions.keys()].join(', ')}.`,
        );
      }
      return runInvocation(scope, registered, input);
    },

    async terminate() {
      await scope.hooks.run('appTerminate', { hookData: appLevelHookData, appHookData: scope.appHookData });
    },
  };
}

function registeredFunction(
  metadata: FunctionMetadata,
  callback: FunctionCallback,
  model: ProgrammingModel,
): RegisteredFunction {
  const { name } = metadata;
  if (!functionName.test(name)) {
    throw new HostError(
      `"${name}" is not a valid function name: a letter first, then letters, digits, "_" or "-", 128 at most.`,
    );
  }
  const entry = Object.entries(metadata.bindings).find(([, binding]) => /trigger$/i.test(binding.type ?? ''));
  if (!entry) throw new HostError(`Function "${name}" has no trigger.`);
  const [triggerName, trigger] = entry;
  return {
    name,
    metadata: { ...metadata, functionId: metadata.functionId ?? name },
    triggerName,
    trigger,
    callback,
    model,
  };
}

/**
 * Asks the library for its capabilities, which also locks `app.setup`. Streaming shows as an address of the
 * library's own HTTP server; an invocation would then wait for ever for a request that nobody forwards.
 */
async function assertBuffered(model: ProgrammingModel): Promise<void> {
  const offered = Object.fromEntries(workerCapabilities.map((name) => [name, 'true']));
  const capabilities = await model.getCapabilities(offered);
  if ('HttpUri' in capabilities) {
    throw new HostError(
      'The app asks for HTTP streaming, which this host does not implement. ' +
        'Remove enableHttpStream from app.setup().',
    );
  }
}
