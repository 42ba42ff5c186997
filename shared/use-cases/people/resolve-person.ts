import { comparableId } from '../../domain/identity/proofs.ts';
import { isConversationKey } from '../../domain/ids.ts';
import { homeOf } from '../conversation/find-addressee.ts';
import { type FindPeopleDeps, findPeople, type PersonInBrief, personAt } from './find-people.ts';

/** More are too many to choose from. */
const MOST_SHOWN = 20;

/** `several`: more than one person is meant, so nobody is. */
export type Resolved =
  | { readonly kind: 'one'; readonly person: PersonInBrief }
  | { readonly kind: 'several'; readonly people: readonly PersonInBrief[] }
  | { readonly kind: 'nobody' };

export type ResolvePerson = (named: string) => Promise<Resolved>;

/**
 * Who is meant by a key of a conversation, else by an id, else by the beginning of a name where only one is called so.
 * Throws `StoreUnavailable`.
 */
export function resolvePerson(deps: FindPeopleDeps): ResolvePerson {
  const find = findPeople(deps);
  return async (named) => {
    if (isConversationKey(named)) {
      // A conversation of somebody's leads to them, whichever of theirs it is.
      const { key } = await homeOf(deps.addressees, named);
      const person = await personAt(deps, key);
      if (person !== undefined) return { kind: 'one', person };
    }
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
      const known = await notIndexed(named);
      return known === undefined ? { kind: 'nobody' } : { kind: 'one', person: known };
    }
    return meant.length === 1 ? { kind: 'one', person } : { kind: 'several', people: meant };
  };

  /** Whoever was stored before there was an index is known by their id all the same, as events know them. */
  async function notIndexed(id: string): Promise<PersonInBrief | undefined> {
    const personal = (await deps.findPerson({ user: id }))?.personal;
    return personal === undefined ? undefined : personAt(deps, personal);
  }
}
