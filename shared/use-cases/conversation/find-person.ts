import type { Conversation } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import {
  bareNamesOf,
  believedAccount,
  idKinds,
  isGuid,
  type NamedUser,
  type Proof,
  proofNamedBy,
  proofsOf,
} from '../../domain/identity/proofs.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { type ConversationKey, tenantKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { Instant } from '../../domain/time.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import { homeOf } from './find-addressee.ts';

/** Leads that are followed together. */
const AT_ONCE = 16;

export interface FindPersonDeps {
  readonly conversations: ConversationStore;
  readonly personalData: Pick<PersonalData, 'conversationsOf'>;
  readonly turns: Pick<TurnStore, 'loadTurns'>;
  readonly addressees: AddresseeStore;
  readonly vouching: Vouching;
}

/** Finds whom an event means; `undefined` when nobody is known by that id to whom a channel vouches for it. */
export type FindPerson = (named: NamedUser) => Promise<Person | undefined>;

/** Somebody who is known by the id that was asked for. */
interface Candidate {
  readonly person: Person;
  readonly by: Proof;
}

/**
 * Looks an id up as an Entra object id of any tenant, then as a user id on any vouched channel; the first kind that finds
 * anybody counts, and of several the one who was met last.
 *
 * People whom only the former release has met have no row of their own yet. Its rows of people are no evidence, because
 * whoever claimed an id wrote them; but everything that it stored of a conversation is led to by each id that the record
 * names, so the records themselves are asked, each judged by its own channel. Who is found so gets their rows.
 *
 * Throws `StoreUnavailable`; repeating it is harmless.
 */
export function findPerson(deps: FindPersonDeps): FindPerson {
  return async (named) => {
    const [byObjectId, byChannel] = await Promise.all(
      idKinds.map((kind) => deps.conversations.peopleKnownBy(kind, named.user)),
    );
    const known = [...(byObjectId ?? []), ...(byChannel ?? [])].flatMap((person) => candidate(person, named));
    const first = idKinds.find((kind) => known.some(({ by }) => by.kind === kind));
    // What is written as no object id ever is cannot be one of somebody else's.
    if (first === 'entra' || (first === 'channel' && !isGuid(named.user))) return lastMet(known, first);
    const former = await formerly(named);
    if (former !== undefined && (first === undefined || former.by.kind === 'entra')) return former.person;
    return first === undefined ? undefined : lastMet(known, first);
  };

  function candidate(person: Person, named: NamedUser): readonly Candidate[] {
    const proofs = proofsOf(person.user, scopeOf(person), deps.vouching);
    const by = proofNamedBy(named, person.channelId, proofs);
    return by === undefined ? [] : [{ person, by }];
  }

  async function lastMet(all: readonly Candidate[], kind: Proof['kind']): Promise<Person | undefined> {
    const people = all.flatMap(({ person, by }) => (by.kind === kind ? [person] : []));
    const [only] = people;
    if (people.length === 1) return only;
    const times = await Promise.all(people.map(metAt));
    return people[times.indexOf(Math.max(...times))];
  }

  /** A row is written when something changes; that they spoke since stands with their dialogs. */
  async function metAt(person: Person): Promise<Instant> {
    if (person.personal === undefined) return person.metAt;
    const { key, looked } = await homeOf(deps.addressees, person.personal);
    const within = (looked.reach?.places ?? []).flatMap((place) => (place.key === key ? [] : [place.key]));
    const places = [{ conversation: key }, ...within.map((one) => ({ conversation: key, within: one }))];
    const turns = await inParallel(places, AT_ONCE, (place) => deps.turns.loadTurns(place));
    return Math.max(person.metAt, ...turns.map(({ state }) => state.spokeAt));
  }

  async function formerly(named: NamedUser): Promise<Candidate | undefined> {
    const row = await formerRow(named);
    let best: (Candidate & { readonly record: Conversation }) | undefined;
    for await (const record of recordsOf(named.user)) {
      const found = ofRecord(record, named);
      if (found !== undefined && (best === undefined || isBetter(found, best, row?.personal))) best = found;
    }
    if (best === undefined) return row === undefined ? undefined : ofGroupMember(row, named);
    // Of somebody who is being forgotten nothing new is written.
    if (best.record.suppressed !== 'forgotten') {
      const proofs = proofsOf(best.person.user, best.record, deps.vouching);
      await deps.conversations.savePerson(best.person, proofs, { onlyNew: true });
    }
    return best;
  }

  async function formerRow({ user }: NamedUser): Promise<Person | undefined> {
    for (const name of bareNamesOf({ id: user, aadObjectId: user })) {
      const row = await deps.conversations.findPerson(name);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  /** Every record that the id leads to, a few at a time. */
  async function* recordsOf(id: string): AsyncGenerator<Conversation, void, undefined> {
    const leads = new Set<ConversationKey>();
    for (const name of bareNamesOf({ id, aadObjectId: id })) {
      for (const key of await deps.personalData.conversationsOf(name)) leads.add(key);
    }
    const keys = [...leads];
    for (let start = 0; start < keys.length; start += AT_ONCE) {
      const block = keys.slice(start, start + AT_ONCE);
      const records = await inParallel(block, AT_ONCE, (key) => deps.conversations.findConversation(key));
      yield* records.filter((record) => record !== undefined);
    }
  }

  function ofRecord(
    record: Conversation,
    named: NamedUser,
  ): (Candidate & { readonly record: Conversation }) | undefined {
    const user = believedAccount(record.user, record, deps.vouching);
    if (record.conversationType !== 'personal' || user === undefined) return undefined;
    const by = proofNamedBy(named, record.channelId, proofsOf(user, record, deps.vouching));
    if (by === undefined) return undefined;
    const { channelId, serviceUrl, tenantId, bot, key, changedAt, conversationId } = record;
    const person: Person = {
      channelId,
      serviceUrl,
      bot,
      user,
      metAt: changedAt,
      ...defined({ tenantId }),
      // One that the channel has not created yet is made again where it is needed.
      ...(conversationId === undefined ? {} : { personal: key }),
    };
    return { person, by, record };
  }

  /**
   * A member of groups, of whom nothing but the former release's own row tells. Their channel wrote it, but it may still
   * hold an object id that somebody claimed in their name elsewhere: where there is a trace of that, it is not believed.
   */
  async function ofGroupMember(row: Person, named: NamedUser): Promise<Candidate | undefined> {
    if (row.personal !== undefined) return undefined;
    const { aadObjectId, ...bare } = row.user;
    const isDoubtful = aadObjectId !== undefined && (await isClaimed([bare.id, aadObjectId]));
    return candidate(isDoubtful ? { ...row, user: bare } : row, named)[0];
  }

  /** Whether any of the ids leads to where nobody vouches for it. */
  async function isClaimed(ids: readonly string[]): Promise<boolean> {
    for (const id of ids) {
      for await (const { channelId } of recordsOf(id)) {
        if (!vouchesFor(deps.vouching, channelId)) return true;
      }
    }
    return false;
  }
}

/**
 * Which of two conversations is where a person was met last: by object id before user id, then what the former release took
 * for it, then one that can be written to, then the one that changed last.
 */
function isBetter(
  one: Candidate & { readonly record: Conversation },
  other: Candidate & { readonly record: Conversation },
  former: ConversationKey | undefined,
): boolean {
  const rank = ({ by, record }: typeof one) => [
    by.kind === 'entra' ? 1 : 0,
    record.key === former ? 1 : 0,
    record.conversationId !== undefined && record.suppressed === undefined ? 1 : 0,
    record.changedAt,
  ];
  const others = rank(other);
  for (const [index, value] of rank(one).entries()) {
    const against = others[index] ?? 0;
    if (value !== against) return value > against;
  }
  return false;
}

function scopeOf(person: Person) {
  return { channelId: person.channelId, tenant: tenantKey(person) };
}
