import type { Box } from '../journal/records.ts';
import type { Entity, Namespace } from '../queue/namespace.ts';

/** What an address of the broker stands for. */
export type AddressedNode =
  | { readonly kind: 'cbs' }
  | { readonly kind: 'queue'; readonly entity: Entity; readonly box: Box }
  | { readonly kind: 'management'; readonly entity: Entity; readonly box: Box };

const management = '/$management';
const deadLetters = '/$deadletterqueue';

/**
 * `$cbs`, `<queue>`, `<queue>/$deadletterqueue`, and either with `/$management` behind it. Case does not matter.
 * `undefined` when there is no such queue.
 */
export function resolveAddress(namespace: Namespace, address: string): AddressedNode | undefined {
  if (address === '$cbs') return { kind: 'cbs' };
  let name = address.startsWith('/') ? address.slice(1) : address;
  const kind = endsWith(name, management) ? 'management' : 'queue';
  if (kind === 'management') name = name.slice(0, -management.length);
  const box: Box = endsWith(name, deadLetters) ? 'dead' : 'main';
  if (box === 'dead') name = name.slice(0, -deadLetters.length);
  const entity = namespace.entity(name);
  return entity && { kind, entity, box };
}

function endsWith(text: string, suffix: string): boolean {
  return text.toLowerCase().endsWith(suffix);
}
