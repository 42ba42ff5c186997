import { randomUUID } from 'node:crypto';
import { messageOf } from './core/errors.ts';
import type { FunctionsCore } from './core/functions-core.ts';
import type { InvocationOutcome, LogSink, TriggerInput } from './core/invocation.ts';

/** Runs functions for the triggers, and knows how many are running. */
export interface Invocations {
  /** Runs a function and logs its failure. @throws what the function threw. */
  run(functionName: string, input: TriggerInput): Promise<InvocationOutcome>;
  readonly running: number;
  /** Settles when nothing runs any more or the time is over; says whether nothing runs. */
  idle(withinMs: number): Promise<boolean>;
}

/** @param verbose also logs the begin and the end of each invocation, at debug level. */
export function trackInvocations(core: FunctionsCore, log: LogSink, verbose: boolean): Invocations {
  let running = 0;
  let whenIdle: (() => void)[] = [];

  return {
    get running() {
      return running;
    },

    async run(functionName, input) {
      const invocationId = input.invocationId ?? randomUUID();
      const source = { category: 'system', functionName, invocationId } as const;
      const startedAt = verbose ? performance.now() : 0;
      const executed = (outcome: string): void => {
        const took = Math.round(performance.now() - startedAt);
        log({
          ...source,
          level: 'debug',
          message: `Executed 'Functions.${functionName}' (${outcome}, ${took}ms)`,
        });
      };
      if (verbose) log({ ...source, level: 'debug', message: `Executing 'Functions.${functionName}'` });
      running++;
      try {
        const result = await core.invoke(functionName, { ...input, invocationId });
        if (verbose) executed('Succeeded');
        return result;
      } catch (error) {
        const detail = error instanceof Error && error.stack ? error.stack : messageOf(error);
        log({
          ...source,
          level: 'error',
          message: `Exception while executing function: ${functionName}. ${detail}`,
        });
        if (verbose) executed('Failed');
        throw error;
      } finally {
        running--;
        if (running === 0) {
          for (const resolve of whenIdle) resolve();
          whenIdle = [];
        }
      }
    },

    async idle(withinMs) {
      if (running === 0) return true;
      let timer: NodeJS.Timeout | undefined;
      const timeOver = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, withinMs);
      });
      await Promise.race([timeOver, new Promise<void>((resolve) => whenIdle.push(resolve))]);
      clearTimeout(timer);
      return running === 0;
    },
  };
}
