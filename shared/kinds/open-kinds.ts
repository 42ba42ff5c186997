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
  const { within, keepers } = notingKeepers(world);
  const each = catalog.kinds.map((kind) => kind.open?.(within) ?? {});
  return { each, all: allKinds([...own, ...each], catalog, keepers) };
}

/** A world in which it is known under which names kinds keep records. */
export function notingKeepers<Given extends Pick<World, 'records'>>(
  world: Given,
): { readonly within: Given; readonly keepers: ReadonlySet<string> } {
  const keepers = new Set<string>();
  const records: World['records'] = (layout) => {
    if (layout.kind !== undefined) keepers.add(layout.kind);
    return world.records(layout);
  };
  return { within: { ...world, records }, keepers };
}
