import { comparableId } from '../../domain/identity/proofs.ts';
import { isConversationKey } from '../../domain/ids.ts';
import { findEachExactly } from './find-exactly.ts';
import { type FindPeopleDeps, findByWords, nameOf, notIndexed } from './find-people.ts';
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
 * Who is meant by a key, else by the channel's id of a conversation or of a person, else by the beginning of a name; each where it
 * is only one's. Throws `StoreUnavailable`.
 */
export function resolvePerson(deps: FindPeopleDeps): ResolvePerson {
  const exactly = findEachExactly(deps);
  const find = findByWords(deps);
  return async (named) => {
    // A conversation of somebody's leads to them, whichever of theirs it is.
    const inChats = await exactly(named);
    if (inChats.length > 0 && isConversationKey(named)) return oneOf(inChats);
    const found = await find(named, { limit: MOST_SHOWN });
    const people = found === 'too-short' ? [] : found.people;
    const byId = people.filter(
      ({ user }) =>
        comparableId('channel', user.id) === comparableId('channel', named) ||
        user.aadObjectId?.toLowerCase() === named.toLowerCase(),
    );
    // The id of one's conversation may be another one's own id on another channel.
    const meant = [...inChats, ...byId];
    const isSought = byId.length === 0 && (inChats.length > 0 || people.length === 0);
    const known = isSought ? await notIndexed(deps, named) : undefined;
    if (known !== undefined) meant.push(known);
    return oneOf(meant.length > 0 ? meant : people);
  };

  function oneOf(meant: readonly PersonInBrief[]): Resolved {
    // Of one person the first, which a conversation led to.
    const named = new Map([...meant].reverse().map((person) => [nameOf(person, deps.vouching), person]));
    const people = [...named.values()].reverse();
    const [person] = people;
    if (person === undefined) return { kind: 'nobody' };
    return people.length === 1 ? { kind: 'one', person } : { kind: 'several', people };
  }
}
