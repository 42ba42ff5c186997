import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 200;

/**
 * Asks the app's health endpoint until it is content: its tables and its queue answer. Gives what it last said
 * when it is not within ten seconds (an address in the environment may lead elsewhere), undefined when it is.
 */
export async function untilHealthy(origin: string, signal: AbortSignal): Promise<string | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  let said = 'no answer';
  while (!signal.aborted && performance.now() < deadline) {
    try {
      const answer = await fetch(`${origin}/api/health`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
      });
      if (answer.ok) return undefined;
      said = `${answer.status} ${await answer.text()}`;
    } catch (error) {
      said = error instanceof Error ? error.message : String(error);
    }
    await delay(PAUSE_MS);
  }
  return said;
}
