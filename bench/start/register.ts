import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { projectNode } from '../../dev/install.mjs';

const MEGABYTE = 1024 * 1024;
const node = projectNode(fileURLToPath(new URL('../..', import.meta.url)));
const script = fileURLToPath(new URL('register.mjs', import.meta.url));
const started = z.object({ ms: z.number(), cpu: z.number(), rss: z.number(), registered: z.int() });

/** One start of the app whose entry file is given, up to its functions being registered; without one, of an empty Node. */
export async function register(
  entry: string | undefined,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly ms: number; readonly cpu: number; readonly megabytes: number }> {
  const args = entry === undefined ? [script] : [script, entry];
  // As the host says it, without which the app refuses its settings, and is measured at saying so.
  const { stdout, stderr } = await promisify(execFile)(node, args, {
    env: { ...env, NOTIFIER_LISTENS_ON: '127.0.0.1' },
  });
  const { ms, cpu, rss, registered } = started.parse(JSON.parse(stdout));
  if (stderr.includes('settings.invalid')) throw new Error(`${entry} refuses its settings: ${stderr}`);
  if (entry !== undefined && registered === 0) throw new Error(`${entry} registered no function`);
  return { ms, cpu, megabytes: rss / MEGABYTE };
}
