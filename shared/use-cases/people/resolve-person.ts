import { comparableId } from '../../domain/identity/proofs.ts';
import { findExactly } from './find-exactly.ts';
import { type FindPeopleDeps, findByWords, notIndexed } from './find-people.ts';
import type { PersonInBrief } from './person-at.ts';

/** More are too many to choose from. */
const MOST_SHOWN = 20;

/** `several`: more than one person is meant, so nobody is. */
export type Resolved =
  | { readonly kind: 'one'; readonly person: PersonInBrief }
  | { readonly kind: 'several'; readonly people: readonly PersonInBrief[] }
  | { readonly kind: 'nobody' };

export type ResolvePerson = (named: string) => Promise<Resolved>;

/**
 * Who is meant by a key or by the channel's id of a conversation, else by an id, else by the beginning of a name where only one
 * is called so. Throws `StoreUnavailable`.
 */
export function resolvePerson(deps: FindPeopleDeps): ResolvePerson {
  const exactly = findExactly(deps);
  const find = findByWords(deps);
  return async (named) => {
    // A conversation of somebody's leads to them, whichever of theirs it is.
    const meantBy = await exactly(named);
    if (meantBy !== undefined) return { kind: 'one', person: meantBy };
    const found = await find(named, MOST_SHOWN);
    const people = found === 'too-short' ? [] : found.people;
    const byId = people.filter(
      ({ user }) =>
        comparableId('channel', user.id) === comparableId('channel', named) ||
        user.aadObjectId?.toLowerCase() === named.toLowerCase(),
    );
    const meant = byId.length > 0 ? byId : people;
    const [person] = meant;
    if (person === undefined) {
      const known = await notIndexed(deps, named);
      return known === undefined ? { kind: 'nobody' } : { kind: 'one', person: known };
    }
    return meant.length === 1 ? { kind: 'one', person } : { kind: 'several', people: meant };
  };
}
