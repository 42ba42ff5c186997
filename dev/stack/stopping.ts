import type { Part } from './part.ts';

const WORKERS_MS = 2200;
const STORES_MS = 2000;
const STORES = new Set(['tables', 'blobs', 'broker']);

/**
 * Ends all parts within five seconds: first those that work (functions host, channel), so that they can still
 * settle what they hold, then those that store. `force` ends all of them at once.
 */
export async function stopInOrder<Name extends string>(
  parts: ReadonlyMap<Name, Part<Name>>,
  force: boolean,
): Promise<void> {
  const workers = [...parts.values()].filter((part) => !STORES.has(part.spec.name));
  const stores = [...parts.values()].filter((part) => STORES.has(part.spec.name));
  if (force) {
    await Promise.all([...workers, ...stores].map((part) => part.stop(0)));
    return;
  }
  await Promise.all(workers.map((part) => part.stop(WORKERS_MS)));
  await Promise.all(stores.map((part) => part.stop(STORES_MS)));
}
