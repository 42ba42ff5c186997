import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { withFreePorts } from '../../dev/stack/ports.mjs';
import { tablesConnectionString } from '../../dev/tables/azurite.ts';

const MAIN = fileURLToPath(new URL('../../node_modules/azurite/dist/src/table/main.js', import.meta.url));
const LONGEST_START_MS = 20_000;

export interface Azurite {
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** A real Azurite table service in a process of its own, on 127.0.0.1, with its tables in memory. */
export async function startAzurite(): Promise<Azurite> {
  const { tables: port } = await withFreePorts({ tables: 0 });
  const child = spawn(
    process.execPath,
    [
      MAIN,
      '--inMemoryPersistence',
      '--silent',
      '--skipApiVersionCheck',
      '--disableTelemetry',
      '--tableHost',
      '127.0.0.1',
      '--tablePort',
      String(port),
    ],
    { stdio: 'ignore' },
  );
  // When the tests are interrupted, nobody else would end it.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  try {
    await untilListening(child, port);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return {
    connectionString: tablesConnectionString(`http://127.0.0.1:${port}`),
    async stop() {
      process.off('exit', end);
      await stop(child);
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + LONGEST_START_MS;
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`Azurite ended with exit code ${child.exitCode}`);
    if (performance.now() > deadline) throw new Error(`Azurite does not listen on port ${port}`);
    // It prints nothing that one could wait for.
    await delay(25);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
