import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { projectNode } from '../../install.mjs';
import type { Addresses } from '../../stack/addresses.ts';
import { Part, type PartListener } from '../../stack/part.ts';
import { functionsPart } from '../../stack/part-specs.ts';
import { withFreePorts } from '../../stack/ports.mjs';
import type { Stack } from '../../stack/stack.ts';

/** One instance of the app: a functions host in a process of its own. */
export interface Host {
  readonly name: string;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Ends the process (default SIGKILL); it is started again. Resolves when it has gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Resolves when it serves again after the last kill. */
  untilRestarted(): Promise<void>;
  /** Makes the process stand still for so long, as a machine does that is short of memory or time. */
  freeze(milliseconds: number): Promise<void>;
}

/** The instance that belongs to the stack. */
export function hostOfStack(stack: Stack): Host {
  return {
    name: 'host 1',
    origin: stack.addresses.functions,
    kill: (signal) => stack.kill('functions', signal),
    untilRestarted: () => stack.waitUntilRestarted('functions'),
    freeze: (milliseconds) => freeze(stack.pid('functions'), milliseconds),
  };
}

/** Starts another instance of the same app beside that of the stack. */
export async function startSecondHost(options: {
  readonly addresses: Addresses;
  readonly dataDir: string;
  readonly appDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly listener: PartListener;
}): Promise<Host & { stop(): Promise<void> }> {
  const ports = await withFreePorts({ functions: 0, broker: 0, tables: 0, channel: 0 });
  const dataDir = join(options.dataDir, 'second');
  await mkdir(dataDir, { recursive: true });
  const spec = await functionsPart(
    { ports, addresses: options.addresses, dataDir, environment: {}, verbose: false },
    { dir: options.appDir, environment: options.environment, inspect: false },
  );
  const part = new Part(
    { ...spec, title: 'second functions host' },
    { node: projectNode(fileURLToPath(new URL('../../..', import.meta.url))), listener: options.listener },
  );
  await part.start();
  return {
    name: 'host 2',
    origin: `http://127.0.0.1:${ports.functions}`,
    kill: (signal) => part.kill(signal),
    untilRestarted: () => part.untilRestarted(),
    freeze: (milliseconds) => freeze(part.pid, milliseconds),
    stop: () => part.stop(2000),
  };
}

async function freeze(pid: number | undefined, milliseconds: number): Promise<void> {
  // Down at the moment: nothing to stop.
  if (pid === undefined) return;
  signal(pid, 'SIGSTOP');
  await delay(milliseconds);
  signal(pid, 'SIGCONT');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // ESRCH: it was killed meanwhile.
  }
}
