import { defined } from '../../domain/defined.ts';
import { areFoundBy, namesAsWords, termsOf, wordsOf } from '../../domain/identity/name-words.ts';
import { proofsOf } from '../../domain/identity/proofs.ts';
import { believedNames, type ToldNames } from '../../domain/identity/told-names.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import { tenantKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';
import type { Lead } from '../../ports/conversation/people-index.ts';
import { findExactly } from './find-exactly.ts';
import { type PersonAtDeps, type PersonInBrief, personAt } from './person-at.ts';

const AT_ONCE = 16;
/** Where a page goes on that is behind whoever is meant, and before anybody else. */
const BEHIND_MEANT = '';

export interface FoundPeople {
  readonly people: readonly PersonInBrief[];
  /** Where the next page goes on; absent where there is nobody else. */
  readonly after?: string;
}

export interface PeoplePage {
  readonly limit: number;
  /** What the page before this one gave. */
  readonly after?: string;
}

/** `too-short`: a beginning that half of all people have leads to nobody in particular. */
export type FindPeople = (text: string, page: PeoplePage) => Promise<FoundPeople | 'too-short'>;

export interface FindPeopleDeps extends PersonAtDeps {
  readonly addressees: Pick<AddresseeStore, 'findAddressee'>;
  readonly names: Pick<NameStore, 'namesOf'>;
  readonly clock: Clock;
}

/**
 * Finds people by a key, by the channel's id of a conversation with them alone, and by the beginning of any word of their name,
 * mail or id. What the index leads to is read: whoever is gone, or called otherwise by now, is not found. A page costs the same
 * however many are before it: somebody of whom two records are kept that were never found to be one person's comes once on a page,
 * and perhaps again on a later one. Throws `StoreUnavailable`, and `RangeError` for an `after` that no page gave.
 */
export function findPeople(deps: FindPeopleDeps): FindPeople {
  const exactly = findExactly(deps);
  const byWords = findByWords(deps);
  return async (text, page) => {
    const named = text.trim();
    // Of what may be the beginning of a name it is only asked where it is none.
    const meant = isLikeId(named) ? await exactly(named) : undefined;
    const found = await byWords(text, page, meant);
    const isLater = page.after !== undefined;
    if (meant !== undefined || isLater || (found !== 'too-short' && found.people.length > 0)) return found;
    const other = (isLikeId(named) ? undefined : await exactly(named)) ?? (await notIndexed(deps, named));
    return other === undefined ? found : { people: [other] };
  };
}

/** Whoever was stored before there was an index is known by their id all the same, as events know them. */
export async function notIndexed(deps: PersonAtDeps, id: string): Promise<PersonInBrief | undefined> {
  const personal = (await deps.findPerson({ user: id }))?.personal;
  return personal === undefined ? undefined : personAt(deps, personal);
}

/** Ids have signs that words lack, are numbers, or are longer than any word. */
function isLikeId(text: string): boolean {
  return /^\S+$/.test(text) && /[:;@|-]|^\d+$|^.{20,}$/.test(text);
}

/** By the beginnings of words alone; `meant`, where there is one, stands in front of the first page. */
export function findByWords(
  deps: FindPeopleDeps,
): (text: string, page: PeoplePage, meant?: PersonInBrief) => ReturnType<FindPeople> {
  return async (text, { limit, after }, meant) => {
    const terms = termsOf(text);
    if (!terms.some(isEnough)) return meant === undefined ? 'too-short' : { people: [meant] };
    const first = meant === undefined ? [] : [[nameOf(meant, deps.vouching), meant] as const];
    const found = new Map<string, PersonInBrief>(first);
    const shownBefore = after === undefined ? 0 : found.size;
    const most = limit + shownBefore;
    let last = after === BEHIND_MEANT ? undefined : after;
    for (;;) {
      const page = await deps.peopleIndex.findPeople(terms, {
        limit: Math.max(AT_ONCE, most - found.size + 1),
        ...defined({ after: last }),
      });
      const people = await inParallel(page.items, AT_ONCE, (lead) => ledTo(lead, terms));
      for (const [index, { place }] of page.items.entries()) {
        const person = people[index];
        if (person !== undefined) {
          const name = nameOf(person, deps.vouching);
          const known = found.get(name);
          if (known === undefined && found.size === most)
            return { people: [...found.values()].slice(shownBefore), after: last ?? BEHIND_MEANT };
          if (known === undefined || (known !== meant && isRather(person, known))) found.set(name, person);
        }
        last = place;
      }
      if (page.after === undefined) return { people: [...found.values()].slice(shownBefore) };
    }
  };

  /** Somebody who is led to by a key of their own and by what stood in for it is found by the former. */
  async function ledTo({ key }: Lead, terms: readonly string[]): Promise<PersonInBrief | undefined> {
    const person = await personAt(deps, key);
    if (person === undefined || !(await isFound(person, terms))) return undefined;
    const isByOther = person.key !== key && (await deps.peopleIndex.isLedTo(person.key, terms));
    return isByOther ? undefined : person;
  }

  /** What was told of them is only read where their own words do not lead there. */
  async function isFound(person: PersonInBrief, terms: readonly string[]): Promise<boolean> {
    const own = wordsOf(person.user);
    if (areFoundBy(own, terms)) return true;
    return areFoundBy([...own, ...namesAsWords(await toldNamesOf(deps, person))], terms);
  }
}

/** What rosters and directories told of somebody, as far as it is still believed. */
export async function toldNamesOf(
  deps: Pick<FindPeopleDeps, 'names' | 'vouching' | 'clock'>,
  { user, channelId, tenantId }: Pick<PersonInBrief, 'user' | 'channelId' | 'tenantId'>,
): Promise<ToldNames> {
  const scope = { channelId, tenant: tenantKey({ tenantId, channelId }) };
  const [proof] = proofsOf(user, scope, deps.vouching);
  return proof === undefined ? {} : believedNames(await deps.names.namesOf(proof.person), deps.clock.now());
}

/** One person has one name, however many conversations lead to them; where nobody vouches, each is somebody else. */
export function nameOf({ key, channelId, tenantId, user }: PersonInBrief, vouching: Vouching): string {
  const scope = { channelId, tenant: tenantKey({ tenantId, channelId }) };
  return proofsOf(user, scope, vouching)[0]?.person ?? key;
}

/** Where they can be written to before where they cannot, then where something changed last. */
function isRather(one: PersonInBrief, other: PersonInBrief): boolean {
  const isLive = ({ suppressed }: PersonInBrief) => suppressed === undefined;
  return isLive(one) === isLive(other) ? one.changedAt > other.changedAt : isLive(one);
}

/** Two letters of an alphabet, or one of a script that has thousands. */
function isEnough(term: string): boolean {
  return term.length > 1 || /[^a-z0-9]/.test(term);
}
