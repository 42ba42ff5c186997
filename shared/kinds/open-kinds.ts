import type { KindHooks } from '../ports/kind.ts';
import type { AllKinds } from '../use-cases/kinds/all-kinds.ts';
import { allKinds } from '../use-cases/kinds/all-kinds.ts';
import { catalog } from './catalog.ts';
import type { OpenKind, World } from './kind.ts';

/**
 * Every kind, at work in one world.
 * @param own work of the engine's own, of which the queue and the sweep know as little as of a kind's
 */
export function openKinds(
  world: World,
  ...own: readonly KindHooks[]
): { readonly each: readonly OpenKind[]; readonly all: AllKinds } {
  const each = catalog.kinds.map((kind) => kind.open?.(world) ?? {});
  return { each, all: allKinds([...own, ...each], catalog) };
}
