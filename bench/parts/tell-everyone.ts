import type { BenchStack } from './bench-stack.ts';
import { publish } from './publish.ts';

/** Publishes to everyone, `people` of them, and resolves when all were told and nothing is left on the queues. */
export async function tellEveryone(stack: BenchStack, people: number, timeoutMs: number): Promise<void> {
  const shown = await stack.shown();
  await publish(stack.queues.events, { everyone: true });
  await stack.untilShown(shown + people, timeoutMs);
  await stack.untilIdle(timeoutMs);
}
