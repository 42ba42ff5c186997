import type { Bench } from '../measurement.ts';
import { startPart } from '../parts/part.ts';
import { profileFlags } from '../probe/probed.ts';

export type WorkerQuestion =
  | { readonly kind: 'load'; readonly appDir: string; readonly settings: Readonly<Record<string, string>> }
  | {
      readonly kind: 'run';
      readonly functionName: string;
      /** Bodies, one run of the function each. */
      readonly messages: readonly object[];
      readonly atOnce: number;
    };

/** The app in a process of its own, run by hand. */
export interface WorkerPart {
  /** Runs a function for each message; gives the microseconds of CPU time that one run took. */
  run(functionName: string, messages: readonly object[], atOnce: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startWorker(
  { appDir, profile }: Pick<Bench, 'appDir' | 'profile'>,
  settings: Readonly<Record<string, string>>,
): Promise<WorkerPart> {
  const part = startPart('worker/main.ts', profileFlags(profile));
  const ask = (question: WorkerQuestion) => part.ask(question);
  await ask({ kind: 'load', appDir, settings });
  return {
    run: async (functionName, messages, atOnce) =>
      Number(await ask({ kind: 'run', functionName, messages, atOnce })),
    stop: () => part.stop(),
  };
}
