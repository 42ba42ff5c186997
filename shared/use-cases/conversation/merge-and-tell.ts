import { hashOf } from '../../domain/hash.ts';
import type { Announce } from '../intake/announce.ts';
import type { MergeAddressees } from './merge-addressees.ts';

/**
 * Merges two where nobody speaks who would be answered: what is to be said about it comes by itself, once. Throws
 * `StoreUnavailable` or `QueueUnavailable`; repeating it is harmless.
 *
 * @param type of a catalog entry that says a `text`, and that the former release knows as well
 */
export function mergeAndTell(deps: {
  readonly merge: MergeAddressees;
  readonly announce: Announce;
  readonly type: string;
}): MergeAddressees {
  return async (from, into, about) => {
    const remarks = await deps.merge(from, into, about);
    if (remarks.length === 0) return [];
    const text = remarks.join('\n\n');
    await deps.announce({
      source: '/persons',
      eventId: hashOf(`${from}\n${into}\n${text}`),
      type: deps.type,
      data: { to: { conversation: into }, text },
      conversation: into,
    });
    return [];
  };
}
