import type { Bench } from '../measurement.ts';
import { startPart } from '../parts/part.ts';
import { profileFlags } from '../probe/probed.ts';

export type WorkerQuestion =
  | {
      readonly kind: 'load';
      readonly main: string;
      readonly settings: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'run';
      readonly functionName: string;
      /** Bodies, one run of the function each. */
      readonly messages: readonly object[];
      readonly atOnce: number;
    }
  | {
      readonly kind: 'extent';
      readonly functionName: string;
      /** One run each; the last one is looked at, when everything is loaded and connected. */
      readonly runs: readonly ({ readonly body: object } | { readonly post: object })[];
    }
  | { readonly kind: 'memory' };

/** A file of the app's own that a run passes through, and the functions of it that run; one without a name is an arrow in another. */
export interface CalledFile {
  readonly file: string;
  readonly functions: readonly { readonly name: string; readonly calls: number }[];
}

/** The app in a process of its own, run by hand. */
export interface WorkerPart {
  /** Runs a function for each message; gives the microseconds of CPU time that one run took. */
  run(functionName: string, messages: readonly object[], atOnce: number): Promise<number>;
  /** Runs a function for each message or request and gives what the last run passed through. */
  extent(
    functionName: string,
    runs: Extract<WorkerQuestion, { kind: 'extent' }>['runs'],
  ): Promise<readonly CalledFile[]>;
  /** Bytes that are resident when the garbage is cleared. */
  resident(): Promise<number>;
  stop(): Promise<void>;
}

/** `main`: the app's entry file. */
export async function startWorker(
  { main, profile }: { readonly main: string } & Pick<Bench, 'profile'>,
  settings: Readonly<Record<string, string>>,
): Promise<WorkerPart> {
  const part = startPart('worker/main.ts', ['--expose-gc', ...profileFlags(profile)]);
  const ask = (question: WorkerQuestion) => part.ask(question);
  // Nobody listens here, so nobody but this process can speak to the app, which then asks for no app id.
  await ask({ kind: 'load', main, settings: { ...settings, NOTIFIER_LISTENS_ON: '127.0.0.1' } });
  return {
    run: async (functionName, messages, atOnce) =>
      Number(await ask({ kind: 'run', functionName, messages, atOnce })),
    // The program answers this question with it.
    extent: async (functionName, runs) =>
      (await ask({ kind: 'extent', functionName, runs })) as readonly CalledFile[],
    resident: async () => Number(await ask({ kind: 'memory' })),
    stop: () => part.stop(),
  };
}
