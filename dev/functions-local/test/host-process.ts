import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const mainFile = fileURLToPath(new URL('../main.ts', import.meta.url));

const readyLine = z.object({ ready: z.literal(true), port: z.number(), functions: z.array(z.string()) });

/** The host's command, running as a process. */
export interface HostProcess {
  readonly child: ChildProcess;
  /** Every line of standard output so far, and of standard error. */
  readonly lines: string[];
  readonly errors: string[];
  /** Settles with the ready line; rejects when the process ends before. */
  readonly ready: Promise<z.infer<typeof readyLine>>;
  /** The first line that holds `text`, at once or when it comes; rejects when the process ends before. */
  line(text: string): Promise<string>;
  /** Exit status, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Ends the process and waits for that. */
  stop(): Promise<number | string>;
}

/** Compiled code is kept between processes: the host's many small files then start in half the time. */
export const quickStart = {
  NODE_OPTIONS: '',
  NODE_COMPILE_CACHE: join(tmpdir(), 'functions-local-compile-cache'),
};

export function startHostProcess(args: string[], env: Record<string, string> = {}): HostProcess {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: { ...process.env, ...quickStart, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  const watchers = new Set<() => void>();
  const collect = (into: string[], stream: NodeJS.ReadableStream): void => {
    createInterface({ input: stream }).on('line', (line) => {
      into.push(line);
      for (const each of watchers) each();
    });
  };
  collect(lines, child.stdout);
  collect(errors, child.stderr);
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string); // Node's contract

  function line(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find((each) => each.includes(text));
        if (found === undefined) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
      ended.then((status) =>
        reject(
          new Error(
            `The host ended (${status}) without the line "${text}": ${[...lines, ...errors].join('\n')}`,
          ),
        ),
      );
    });
  }

  const ready = line('{"ready":true').then((text) => readyLine.parse(JSON.parse(text)));
  ready.catch(() => {}); // A test that expects no start does not wait for it.
  return {
    child,
    lines,
    errors,
    ready,
    line,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      return ended;
    },
  };
}
