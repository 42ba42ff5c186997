import type { AllKinds } from '../use-cases/kinds/all-kinds.ts';
import { allKinds } from '../use-cases/kinds/all-kinds.ts';
import { catalog } from './catalog.ts';
import type { OpenKind, World } from './kind.ts';

/** Every kind, at work in one world. */
export function openKinds(world: World): { readonly each: readonly OpenKind[]; readonly all: AllKinds } {
  const each = catalog.kinds.map((kind) => kind.open?.(world) ?? {});
  return { each, all: allKinds(each, catalog) };
}
