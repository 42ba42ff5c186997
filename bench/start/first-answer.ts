import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startHostProcess } from './host-process.ts';

/** Milliseconds from spawning the functions host to the first message answered. */
export async function firstAnswer(
  appDir: string,
  how: {
    readonly folder: string;
    readonly environment: Readonly<Record<string, string>>;
    /** Sends a message to the origin, and resolves when the answer has come. */
    readonly say: (origin: string) => Promise<unknown>;
  },
): Promise<number> {
  const dataDir = await mkdtemp(join(how.folder, 'host-'));
  const startedAt = performance.now();
  const host = await startHostProcess({ appDir, dataDir, env: how.environment });
  try {
    await how.say(host.origin);
    return performance.now() - startedAt;
  } finally {
    await host.stop();
  }
}
