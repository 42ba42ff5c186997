import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { bareNamesOf, isSamePerson, type Proof, proofsOf, type Scope } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { AddresseeStore, Looked } from '../../ports/conversation/addressee-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { MergeAddressees } from './merge-addressees.ts';

/** Leads that are followed together, and conversations that lead to one another. */
const AT_ONCE = 16;
const MOST_STEPS = 8;

export interface FindAddresseeDeps {
  readonly addressees: AddresseeStore;
  readonly personalData: Pick<PersonalData, 'conversationsOf'>;
  readonly vouching: Vouching;
  readonly merge: MergeAddressees;
}

/** Somebody as an activity, or what was remembered of one, tells of them. */
export interface Sought {
  readonly account: ChannelAccount;
  readonly scope: Scope;
  /** Where they were met; whoever is not known yet is named after it. */
  readonly at: ConversationKey;
  /** In which language they read what became of their wishes. */
  readonly locale?: string;
}

export interface Found {
  readonly addressee: ConversationKey;
  /** What is to be said to them because they turned out to be somebody who was known already. */
  readonly remarks: readonly string[];
}

/**
 * Whose addressee somebody is, by what is believed of them; from then on their proofs and the conversation lead there.
 *
 * People of the release before addressees have no proofs claimed: every record that an id of theirs leads to is judged by
 * its own channel, and what proves to be theirs is united. The one that was known first stays, everything else leads to
 * it. Two of whom different object ids are believed are never united.
 *
 * Order of writes: proofs -> what is merged, see `mergeAddressees` -> the conversation leads to the addressee. A crash in
 * between leaves proofs that name somebody of whom nothing is stored yet, or a merge that the next sighting goes on with.
 * Throws `StoreUnavailable`; repeating it is harmless.
 */
export type FindAddressee = (sought: Sought) => Promise<Found>;

/** One who may be the person, with every conversation on the way there that has still something of its own. */
interface Candidate {
  readonly key: ConversationKey;
  readonly looked: Looked;
  readonly unmerged: readonly ConversationKey[];
}

export function findAddressee(deps: FindAddresseeDeps): FindAddressee {
  return ({ account, scope, at, locale }) =>
    untilWritten('find addressee', async () => {
      const proofs = proofsOf(account, scope, deps.vouching);
      const claims = await Promise.all(proofs.map(({ person }) => deps.addressees.provenBy(person)));
      const claimed = claims.filter((key) => key !== undefined);
      const leads = claimed.length === proofs.length ? [] : await leadsOf(account);
      const candidates = await homesOf([...claimed, at, ...leads]);
      const sure = new Set([...claimed, at]);
      const home = candidates.find(({ from }) => from.includes(at));
      const theirs = onePerson(
        candidates.filter((one) => isTheirs(one, sure, proofs)),
        entraIn(proofs) ?? entraOf(home?.looked.record),
      );
      const isAnothers = home?.looked.record !== undefined && !theirs.includes(home);
      // Their proofs may name somebody of whom nothing is stored, not yet or no more.
      const named = candidates.find((one) => one.looked.record === undefined && one !== home);
      const addressee = (theirs[0] ?? named ?? home)?.key ?? at;
      const unclaimed = proofs.filter((_proof, index) => claims[index] === undefined);
      const owners = await Promise.all(
        unclaimed.map(({ person }) => deps.addressees.claimProof(person, addressee)),
      );
      // Somebody else met them at the same moment.
      if (owners.some((owner) => owner !== addressee)) return LOST;
      const remarks: string[] = [];
      const others = theirs.flatMap(({ key, unmerged }) => [
        ...(key === addressee ? [] : [key]),
        ...unmerged,
      ]);
      for (const from of new Set(others)) {
        remarks.push(
          ...(await deps.merge(from, addressee, {
            latest: home?.key ?? at,
            locale: locale ?? theirs[0]?.looked.record?.locale ?? 'en',
          })),
        );
      }
      // Where nothing is stored any more, what led there leads on.
      if (home !== undefined && home.key !== addressee && !isAnothers) {
        await deps.addressees.leadToAddressee(home.key, addressee);
      }
      return { addressee, remarks };
    });

  async function leadsOf(account: ChannelAccount): Promise<readonly ConversationKey[]> {
    const leads = new Set<ConversationKey>();
    for (const name of bareNamesOf(account)) {
      for (const key of await deps.personalData.conversationsOf(name)) leads.add(key);
    }
    return [...leads];
  }

  /** Those to whom the keys lead, each once, with what was found on the way. */
  async function homesOf(keys: readonly ConversationKey[]): Promise<readonly (Candidate & Led)[]> {
    const homes = new Map<ConversationKey, Candidate & Led>();
    await inParallel([...new Set(keys)], AT_ONCE, async (from) => {
      const home = await homeOf(deps.addressees, from);
      const known = homes.get(home.key);
      homes.set(home.key, {
        ...home,
        unmerged: [...(known?.unmerged ?? []), ...home.unmerged],
        from: [...(known?.from ?? []), from],
      });
    });
    return [...homes.values()];
  }

  function isTheirs(
    { looked: { record }, from }: Candidate & Led,
    sure: ReadonlySet<ConversationKey>,
    proofs: readonly Proof[],
  ): boolean {
    if (record === undefined) return false;
    if (from.some((key) => sure.has(key))) return true;
    if (record.conversationType !== 'personal' || record.suppressed === 'forgotten') return false;
    return isSamePerson(proofsOf(record.user, record, deps.vouching), proofs);
  }

  /** Those who may be one person, the one that was known first at the head. */
  function onePerson<One extends Candidate>(
    all: readonly One[],
    entra: PersonKey | undefined,
  ): readonly One[] {
    let known = entra;
    return [...all].sort(byAge).filter(({ looked: { record } }) => {
      const other = entraOf(record);
      if (known !== undefined && other !== undefined && known !== other) return false;
      known ??= other;
      return true;
    });
  }

  function entraOf(record: Conversation | undefined): PersonKey | undefined {
    return record && entraIn(proofsOf(record.user, record, deps.vouching));
  }
}

interface Led {
  readonly from: readonly ConversationKey[];
}

/** Follows a key to whose it is. */
export async function homeOf(
  addressees: Pick<AddresseeStore, 'findAddressee'>,
  from: ConversationKey,
): Promise<Candidate> {
  const unmerged: ConversationKey[] = [];
  let key = from;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const looked = await addressees.findAddressee(key);
    if (looked.belongsTo === undefined) return { key, looked, unmerged };
    if (looked.record !== undefined) unmerged.push(key);
    key = looked.belongsTo;
  }
  throw new Error(`conversation ${from} leads to no addressee in ${MOST_STEPS} steps`);
}

function entraIn(proofs: readonly Proof[]): PersonKey | undefined {
  return proofs.find(({ kind }) => kind === 'entra')?.person;
}

function byAge(one: Candidate, other: Candidate): number {
  const [a, b] = [one, other].map(({ looked }) => looked.record as Conversation); // Only those with one are sorted.
  if (a === undefined || b === undefined || a.capturedAt === b.capturedAt)
    return one.key < other.key ? -1 : 1;
  return a.capturedAt - b.capturedAt;
}
