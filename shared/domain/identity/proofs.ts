import type { ChannelAccount } from '../conversation/conversation.ts';
import { type PersonKey, personKey, provenPersonKey, type TenantKey } from '../ids.ts';
import { isSameChannel, type Vouching, vouchesFor, vouchesForEntra } from './vouching.ts';

/** `entra`: an object id of Microsoft Entra ID, within a tenant. `channel`: a channel's user id, on that channel. */
export type IdKind = 'entra' | 'channel';

/** Kinds of id in the order in which an id that somebody names is looked up. */
export const idKinds: readonly IdKind[] = ['entra', 'channel'];

/** Where somebody was sighted: the scope of what is believed of them. */
export interface Scope {
  readonly channelId: string;
  readonly tenant: TenantKey;
}

/** One id that is believed of somebody. */
export interface Proof {
  readonly kind: IdKind;
  /** As ids of this kind are compared. */
  readonly id: string;
  /** Names the person by this id within the scope that vouches for it. */
  readonly person: PersonKey;
}

/** Whom an event names: an id, and the channel where that is narrowed. */
export interface NamedUser {
  readonly user: string;
  readonly channel?: string;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(id: string): boolean {
  return GUID.test(id);
}

/** An id as it is compared: object ids and GUIDs without case, everything else as it is. */
export function comparableId(kind: IdKind, id: string): string {
  return kind === 'entra' || isGuid(id) ? id.toLowerCase() : id;
}

/**
 * What is believed of an account that an activity names, by who vouches for it.
 *
 * | Sighted on | Entra object id | Channel's user id |
 * |---|---|---|
 * | `msteams`, vouched | believed, within the tenant | believed, on the channel |
 * | another vouched channel | not believed | believed, on the channel |
 * | any other channel | not believed | not believed: known by the conversation alone |
 * | the local stack | believed | believed |
 */
export function proofsOf(
  account: ChannelAccount | undefined,
  { channelId, tenant }: Scope,
  vouching: Vouching,
): readonly Proof[] {
  if (account === undefined || !vouchesFor(vouching, channelId)) return [];
  const proof = (kind: IdKind, id: string, scope: string): Proof => {
    const comparable = comparableId(kind, id);
    return { kind, id: comparable, person: provenPersonKey(kind, scope, comparable) };
  };
  const { id, aadObjectId } = account;
  return [
    ...(aadObjectId !== undefined && vouchesForEntra(vouching, channelId)
      ? [proof('entra', aadObjectId, tenant)]
      : []),
    proof('channel', id, channelId),
  ];
}

/** The account with what is believed of it; `undefined` where that is nothing. */
export function believedAccount(
  account: ChannelAccount | undefined,
  { channelId }: Pick<Scope, 'channelId'>,
  vouching: Vouching,
): ChannelAccount | undefined {
  if (account === undefined || !vouchesFor(vouching, channelId)) return undefined;
  const { aadObjectId: claimed, ...rest } = account;
  return claimed !== undefined && vouchesForEntra(vouching, channelId)
    ? { ...rest, aadObjectId: claimed }
    : rest;
}

/** Whether two sightings are surely of one person: they have a proof in common. */
export function isSamePerson(one: readonly Proof[], other: readonly Proof[]): boolean {
  return one.some(({ person }) => other.some((proof) => proof.person === person));
}

/** The proof by which somebody on this channel is meant; `undefined` where they are not. */
export function proofNamedBy(
  { user, channel }: NamedUser,
  channelId: string,
  proofs: readonly Proof[],
): Proof | undefined {
  if (channel !== undefined && !isSameChannel(channel, channelId)) return undefined;
  return proofs.find(({ kind, id }) => id === comparableId(kind, user));
}

/**
 * Every name under which something of the person may be stored: first the bare ids, as the releases before proofs named
 * people and as people are told apart within one conversation, then the proven ones. None where nobody vouches for them.
 */
export function namesOf(
  account: ChannelAccount | undefined,
  scope: Scope,
  vouching: Vouching,
): readonly PersonKey[] {
  const believed = believedAccount(account, scope, vouching);
  const proven = proofsOf(believed, scope, vouching).map(({ person }) => person);
  return [...bareNamesOf(believed), ...proven];
}

/** Whether a text is one of the ids by whose bare names a person goes. */
export function isNameOf(text: string, persons: readonly PersonKey[]): boolean {
  return bareNamesOf({ id: text, aadObjectId: text }).some((name) => persons.includes(name));
}

/** The bare ids of an account, as they are written and as they are compared. */
export function bareNamesOf(account: ChannelAccount | undefined): readonly PersonKey[] {
  if (account === undefined) return [];
  const { id, aadObjectId } = account;
  const ids = [
    id,
    ...(aadObjectId === undefined ? [] : [aadObjectId]),
    comparableId('channel', id),
    ...(aadObjectId === undefined ? [] : [comparableId('entra', aadObjectId)]),
  ];
  return [...new Set(ids)].map(personKey);
}
