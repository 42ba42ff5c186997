import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { connectionString } from '../broker.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const readyLine = z.object({ ready: z.literal(true), port: z.int(), httpPort: z.int().optional() });

/** How a broker process ended. */
export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line until it ends by itself. */
export async function runBroker(...args: string[]): Promise<Ending> {
  return ended(start(args));
}

/** A broker in a process of its own, killed when the test ends. */
export async function aBrokerProcess(...args: string[]) {
  const running = start(args);
  const line = await Promise.race([
    new Promise<string>((resolve) => {
      running.child.stdout?.on('data', () => running.stdout().includes('\n') && resolve(running.stdout()));
    }),
    running.end.then(() => {
      throw new Error(`The broker ended before it was ready: ${running.stderr()}`);
    }),
  ]);
  const ready = readyLine.parse(JSON.parse(line));
  return {
    ...ready,
    connectionString: connectionString(ready.port),
    /** Sends the signal and waits for the end. */
    async stop(signal: NodeJS.Signals): Promise<Ending> {
      running.child.kill(signal);
      return ended(running);
    },
  };
}

/** The path of a configuration file with the queue `q`. */
export function aConfig(folder: string, properties: Record<string, unknown> = {}): string {
  const path = join(folder, 'config.json');
  const queues = [{ Name: 'q', Properties: properties }];
  writeFileSync(path, JSON.stringify({ UserConfig: { Namespaces: [{ Name: 'local', Queues: queues }] } }));
  return path;
}

interface Running {
  readonly child: ChildProcess;
  readonly end: Promise<unknown>;
  stdout(): string;
  stderr(): string;
}

function start(args: string[]): Running {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const end = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await end;
  });
  return { child, end, stdout: () => stdout, stderr: () => stderr };
}

async function ended({ child, end, stdout, stderr }: Running): Promise<Ending> {
  await end;
  return { code: child.exitCode, stdout: stdout(), stderr: stderr() };
}
