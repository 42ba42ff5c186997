import { type HookRecord, hookStore } from './hook.ts';

/**
 * Ends a web hook at once, by its public id; gives what it was, `undefined` where there is none. Throws `StoreUnavailable`;
 * repeating it is harmless.
 */
export async function revokeHook(
  world: Parameters<typeof hookStore>[0],
  id: string,
): Promise<HookRecord | undefined> {
  const hooks = hookStore(world);
  const found = await hooks.byId(id);
  if (found === undefined) return undefined;
  await hooks.remove(found.record.conversation, found.record.key);
  return found.record;
}
