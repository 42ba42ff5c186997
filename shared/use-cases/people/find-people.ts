import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { areFoundBy, namesAsWords, termsOf, wordsOf } from '../../domain/identity/name-words.ts';
import { proofsOf } from '../../domain/identity/proofs.ts';
import { believedNames, type ToldNames } from '../../domain/identity/told-names.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { type ConversationKey, tenantKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';
import type { PeopleIndex } from '../../ports/conversation/people-index.ts';
import type { FindPerson } from '../conversation/find-person.ts';

const AT_ONCE = 16;
const PAGE = 50;

/** Somebody, in one line. */
export interface PersonInBrief {
  /** Of the conversation where they are told, or what stands in for it. */
  readonly key: ConversationKey;
  readonly channelId: string;
  readonly tenantId?: string;
  readonly user: ChannelAccount;
  /** The channel says itself who this is; else they say so themselves. */
  readonly isVouched: boolean;
  readonly suppressed?: Conversation['suppressed'];
  /** When what is stored of them last changed. */
  readonly changedAt: Instant;
  /** The record under the key, or what would be kept there once something is sent. */
  readonly here: Conversation;
}

export interface FoundPeople {
  readonly people: readonly PersonInBrief[];
  /** There are others. */
  readonly more: boolean;
}

/** `too-short`: a beginning that half of all people have leads to nobody in particular. */
export type FindPeople = (text: string, limit: number) => Promise<FoundPeople | 'too-short'>;

export interface FindPeopleDeps {
  readonly conversations: ConversationStore;
  readonly peopleIndex: PeopleIndex;
  readonly findPerson: FindPerson;
  readonly addressees: Pick<AddresseeStore, 'findAddressee'>;
  readonly names: Pick<NameStore, 'namesOf'>;
  readonly vouching: Vouching;
  readonly clock: Clock;
}

/**
 * Finds people by the beginning of any word of their name, mail or id. What the index leads to is read: whoever is gone, or
 * called otherwise by now, is not found. Throws `StoreUnavailable`.
 */
export function findPeople(deps: FindPeopleDeps): FindPeople {
  return async (text, limit) => {
    const terms = termsOf(text);
    if (!terms.some(isEnough)) return 'too-short';
    const found = new Map<string, PersonInBrief>();
    let after: string | undefined;
    do {
      const page = await deps.peopleIndex.findPeople(terms, {
        limit: PAGE,
        ...defined({ after }),
      });
      const keys = [...new Set(page.items)];
      const people = await inParallel(keys, AT_ONCE, (key) => personAt(deps, key));
      for (const person of people) {
        if (person === undefined || !(await isFound(person, terms))) continue;
        const name = nameOf(person, deps.vouching);
        const known = found.get(name);
        if (known === undefined || isRather(person, known)) found.set(name, person);
      }
      after = page.after;
    } while (after !== undefined && found.size <= limit);
    const people = [...found.values()];
    return { people: people.slice(0, limit), more: after !== undefined || people.length > limit };
  };

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

/** Who is reached under a key of a conversation; `undefined` for a group, and where nobody is known. */
export async function personAt(
  deps: Pick<FindPeopleDeps, 'conversations' | 'peopleIndex' | 'findPerson' | 'vouching'>,
  key: ConversationKey,
): Promise<PersonInBrief | undefined> {
  const record = await deps.conversations.findConversation(key);
  if (record !== undefined) return inBrief(record, deps.vouching);
  const member = await deps.peopleIndex.memberAt(key);
  if (member === undefined) return undefined;
  const person = await deps.findPerson({ user: member.id, channel: member.channelId });
  if (person === undefined) return undefined;
  const personal =
    person.personal === undefined ? undefined : await deps.conversations.findConversation(person.personal);
  return (personal && inBrief(personal, deps.vouching)) ?? ofMember(key, person);
}

function inBrief(record: Conversation, vouching: Vouching): PersonInBrief | undefined {
  const { key, channelId, tenantId, user, suppressed, changedAt, conversationType } = record;
  if (conversationType !== 'personal' || user === undefined || suppressed === 'forgotten') return undefined;
  return {
    key,
    channelId,
    ...defined({ tenantId }),
    user,
    isVouched: vouchesFor(vouching, channelId),
    ...defined({ suppressed }),
    changedAt,
    here: record,
  };
}

/** Who was met in groups alone is only remembered where their channel vouches for them. */
function ofMember(key: ConversationKey, { metAt, personal: _none, ...address }: Person): PersonInBrief {
  const { channelId, tenantId, user } = address;
  return {
    key,
    channelId,
    ...defined({ tenantId }),
    user,
    isVouched: true,
    changedAt: metAt,
    here: {
      ...address,
      key,
      tenant: tenantKey(address),
      conversationType: 'personal',
      capturedAt: metAt,
      changedAt: metAt,
    },
  };
}

/** One person has one name, however many conversations lead to them; where nobody vouches, each is somebody else. */
function nameOf({ key, channelId, tenantId, user }: PersonInBrief, vouching: Vouching): string {
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
