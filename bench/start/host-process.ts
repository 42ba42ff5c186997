import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { projectNode } from '../../dev/install.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const node = projectNode(root);
const readyLine = z.object({ ready: z.literal(true), port: z.int() });

/** A functions host that was started for one measurement. */
export interface HostProcess {
  readonly origin: string;
  /** Resolves when a run of the function has ended; looks at what is printed from now on. */
  untilExecuted(functionName: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the functions host on an app. Rejects with what it printed when it does not come up. */
export async function startHostProcess(options: {
  readonly appDir: string;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
}): Promise<HostProcess> {
  const child = spawn(
    node,
    [
      fileURLToPath(new URL('../../dev/functions-local/main.ts', import.meta.url)),
      '--app',
      options.appDir,
      '--port',
      '0',
      '--data',
      options.dataDir,
      '--exit-with-parent',
      ...['--host-setting', 'NOTIFIER_LISTENS_ON'],
      '--verbose',
    ],
    { cwd: root, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const printed: string[] = [];
  const listeners = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      printed.push(line);
      for (const listener of listeners) listener(line);
    });
  }
  const untilLine = (found: (line: string) => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const listener = (line: string): void => {
        if (!found(line)) return;
        listeners.delete(listener);
        resolve(line);
      };
      listeners.add(listener);
      child.once('exit', () =>
        reject(new Error(`the functions host ended:\n${printed.slice(-15).join('\n')}`)),
      );
    });
  const { port } = readyLine.parse(JSON.parse(await untilLine((line) => line.startsWith('{"ready":true'))));
  return {
    origin: `http://127.0.0.1:${port}`,
    untilExecuted: async (name) =>
      void (await untilLine((line) => line.includes(`Executed 'Functions.${name}'`))),
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
