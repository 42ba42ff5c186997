import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { readLines } from './lines.ts';
import { untilListening } from './listening.ts';
import type { PartLine, PartSpec } from './part.ts';

const preload = new URL('./exit-with-parent.mjs', import.meta.url).href;
const readyLine = z.looseObject({ ready: z.literal(true) });
const LAST_LINES = 15;
const DRAIN_MS = 500;

/** One process of a part, from its start to its end. */
export interface PartProcess {
  readonly child: ChildProcess;
  /** Resolves when the process serves; never, if it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with the reason (`SIGKILL`, `exit status 1`) when the process and its group have gone. */
  readonly ended: Promise<string>;
  /** The last lines that it printed, oldest first. */
  lastLines(): readonly PartLine<string>[];
  /** Ends the process and whatever it started, at once. */
  destroy(): void;
}

/** Starts one process of a part. It ends by itself when the calling process does, however that ends. */
export function startPartProcess<Name extends string>(
  node: string,
  spec: PartSpec<Name>,
  onLine: (line: PartLine<Name>) => void,
): PartProcess {
  const withParent = spec.endsWithParent ? [] : ['--import', preload];
  const child = spawn(
    node,
    ['--disable-warning=DEP0040', ...withParent, ...(spec.nodeFlags ?? []), ...spec.args],
    {
      env: spec.endsWithParent ? spec.env : { ...spec.env, NOTIFIER_EXIT_WITH_PARENT: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in the terminal reaches the supervisor only, which then stops the parts in
      // their order, and what a part leaves behind can be ended with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    },
  );
  // The pipe is there for its end to be noticed; a part that is gone must not bring the supervisor down.
  child.stdin.on('error', () => {});

  const last: PartLine<Name>[] = [];
  const announced = Promise.withResolvers<void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    readLines(child[stream], (line) => {
      if (stream === 'stdout' && isReadyLine(line)) return announced.resolve();
      const said = { part: spec.name, stream, line };
      last.push(said);
      if (last.length > LAST_LINES) last.shift();
      onLine(said);
    });
  }

  const gone = new AbortController();
  const ended = untilGone(child).then((how) => {
    gone.abort();
    return how;
  });
  return {
    child,
    ready: spec.ready === 'line' ? announced.promise : untilListening(spec.ready.port, gone.signal),
    ended,
    lastLines: () => last,
    destroy: () => killGroup(child),
  };
}

async function untilGone(child: ChildProcess): Promise<string> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const how = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
  });
  killGroup(child);
  // Its last lines may still be in the pipe.
  await Promise.race([closed, delay(DRAIN_MS, undefined, { ref: false })]);
  return how;
}

/** Ends whatever is left of a part's process group; on Windows, where there are none, the process itself. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: nobody is left.
  }
}

function isReadyLine(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    return readyLine.safeParse(JSON.parse(line)).success;
  } catch {
    // A log line that looks like JSON is no news of being ready.
    return false;
  }
}
