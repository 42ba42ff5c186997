import { Disposable } from './disposable.ts';
import { systemError } from './errors.ts';
import type { HookCallback, RpcLogCategory, RpcLogLevel } from './rpc.ts';

/** The hooks that `app.hook.*` can register. */
const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;
export type HookName = (typeof hookNames)[number];

/** A log line on its way through the `log` hooks, which may change its message and its level. */
export interface LogHookData {
  hookData: Record<string, unknown>;
  appHookData: Record<string, unknown>;
  level: RpcLogLevel;
  category: RpcLogCategory;
  message: string;
  invocationContext?: object | undefined;
}

/** The hooks of one app, in the order of their registration. */
export class Hooks {
  readonly #callbacks = new Map<string, HookCallback[]>(hookNames.map((name) => [name, []]));
  #inLogHook = false;

  /**
   * @throws RangeError for a name that the worker does not know; the library turns the one for `log` into a
   * message about the host's version.
   */
  register(name: string, callback: HookCallback): Disposable {
    const callbacks = this.#callbacks.get(name);
    if (!callbacks) throw systemError(new RangeError(`Unrecognized hook "${name}"`));
    callbacks.push(callback);
    return new Disposable(() => {
      const index = callbacks.indexOf(callback);
      if (index > -1) callbacks.splice(index, 1);
    });
  }

  has(name: HookName): boolean {
    return (this.#callbacks.get(name)?.length ?? 0) > 0;
  }

  /** Runs the hooks one after the other; the first that throws stops the rest and fails the caller. */
  async run(name: HookName, context: object): Promise<void> {
    for (const callback of this.#callbacks.get(name) ?? []) await callback(context);
  }

  /**
   * Runs the `log` hooks, which are synchronous. A hook that throws never loses the line: what it threw is
   * returned, for a line of its own. A line that is logged from within a log hook passes without hooks,
   * because the hook would otherwise call itself without end.
   */
  runLog(context: LogHookData): unknown {
    if (this.#inLogHook || !this.has('log')) return undefined;
    this.#inLogHook = true;
    try {
      for (const callback of this.#callbacks.get('log') ?? []) callback(context);
      return undefined;
    } catch (thrown) {
      return thrown ?? new Error('a log hook threw nothing');
    } finally {
      this.#inLogHook = false;
    }
  }
}
