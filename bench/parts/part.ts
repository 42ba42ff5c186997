import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A process of the measurements that answers messages, so that its work is not counted with what is measured. */
export interface BenchPart {
  /** Asks the process; rejects with its error, and when it has ended. */
  ask(question: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** Starts the program at `path`, relative to bench/ unless it begins at the root, which calls `answerQuestions`; `flags` are Node's. */
export function startPart(path: string, flags: readonly string[] = []): BenchPart {
  const program = isAbsolute(path) ? path : fileURLToPath(new URL(`../${path}`, import.meta.url));
  const child: ChildProcess = fork(program, [], {
    serialization: 'advanced',
    execArgv: [...flags],
  });
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let asked = 0;
  // What comes is what `answerQuestions` below sends.
  child.on('message', (message) => {
    const { id, answer, error } = message as Reply;
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asker?.resolve(answer);
    else asker?.reject(new Error(error));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${path} ended with status ${code}`));
    waiting.clear();
  });
  return {
    ask(question) {
      const id = asked++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, question });
      });
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

/** In the process itself: answers every question, and ends with whoever asks. */
export function answerQuestions(answer: (question: unknown) => unknown): void {
  process.on('message', async (message) => {
    // What comes is what `ask` above sends.
    const { id, question } = message as { readonly id: number; readonly question: unknown };
    try {
      process.send?.({ id, answer: await answer(question) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on('disconnect', () => process.exit(0));
}
