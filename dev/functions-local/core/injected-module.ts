import Module from 'node:module';
import { Disposable } from './disposable.ts';
import { systemError } from './errors.ts';
import type {
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  ProgrammingModel,
  RpcLogCategory,
  RpcLogLevel,
} from './rpc.ts';

/** The versions that the injected module reports: those of Azure Functions Core Tools 4.14. */
const workerVersion = '3.14.1';
export const hostVersion = '4.1052.200';

/** What the injected module needs from the core whose app is loading or running. */
export interface Registry {
  registerFunction(
    metadata: FunctionMetadata,
    callback: FunctionCallback,
    model: ProgrammingModel,
  ): Disposable;
  registerHook(name: string, callback: HookCallback): Disposable;
  log(level: RpcLogLevel, category: RpcLogCategory, message: string): void;
}

/** The core whose app is loading now. Loads run one after the other, so one variable is enough. */
let loading: Registry | undefined;
let lastLoad: Promise<unknown> = Promise.resolve();
let patched = false;

/**
 * Runs `load` with `registry` as the receiver of every registration that happens meanwhile, in whichever copy
 * of `@azure/functions`. Waits for a load that is under way.
 */
export function whileLoading<T>(registry: Registry, load: () => Promise<T>): Promise<T> {
  patchRequire();
  const turn = lastLoad.then(async () => {
    loading = registry;
    try {
      return await load();
    } finally {
      loading = undefined;
    }
  });
  lastLoad = turn.catch(() => undefined);
  return turn;
}

/**
 * Answers `require('@azure/functions-core')`, as the worker does. The library asks for it at its first
 * registration and remembers the answer, or its absence, for good: so this must happen before, and the object
 * given out must outlive one core.
 */
function patchRequire(): void {
  if (patched) return;
  patched = true;
  const original = Module.prototype.require;
  Module.prototype.require = Object.assign(function require(this: NodeJS.Module, id: string): unknown {
    return id === '@azure/functions-core' ? injectedModule() : original.call(this, id);
  }, original);
}

/** The module for one copy of the library: it keeps the copy's programming model with its registrations. */
function injectedModule(): object {
  let model: ProgrammingModel | undefined;
  let owner: Registry | undefined;
  const registry = (): Registry => {
    owner = loading ?? owner;
    if (!owner) throw systemError(new Error('A function can only be registered during app startup.'));
    return owner;
  };
  return {
    version: workerVersion,
    hostVersion,
    Disposable,
    setProgrammingModel(newModel: ProgrammingModel): void {
      model = newModel;
    },
    getProgrammingModel: () => model,
    registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
      if (!model) throw systemError(new Error('setProgrammingModel was not called before registerFunction.'));
      return registry().registerFunction(metadata, callback, model);
    },
    registerHook: (name: string, callback: HookCallback): Disposable =>
      registry().registerHook(name, callback),
    log: (level: RpcLogLevel, category: RpcLogCategory, message: string): void =>
      (loading ?? owner)?.log(level, category, message),
  };
}
