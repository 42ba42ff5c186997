import { entryKey } from '../../domain/authored/audience-entry.ts';
import type { ChannelAccount } from '../../domain/conversation/conversation.ts';
import type { Topic } from '../../domain/event/topic.ts';
import type { Proof } from '../../domain/identity/proofs.ts';
import { nameKinds } from '../../domain/identity/told-names.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import type { AudienceStore } from '../../ports/authored/audience-store.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';

/** Names of the stored audiences that somebody is in; absent where they are in none. Throws `StoreUnavailable`. */
export async function audiencesNaming(
  deps: {
    readonly audiences: Pick<AudienceStore, 'audiencesNaming'>;
    readonly names: Pick<NameStore, 'namesOf'>;
  },
  {
    places,
    account,
    proofs,
  }: {
    readonly places: readonly { readonly key: ConversationKey }[];
    readonly account: ChannelAccount | undefined;
    readonly proofs: readonly Proof[];
  },
): Promise<readonly Topic[] | undefined> {
  const conversations = places.map(({ key }) => key);
  const persons = proofs.map(({ person }) => person);
  const audiences = await deps.audiences.audiencesNaming(
    await entriesNaming(deps, { conversations, account, persons }),
  );
  return audiences.length === 0 ? undefined : audiences;
}

/**
 * By which entries stored audiences may name somebody: keys of their conversations, ids, and names that a roster or a directory
 * told of them. Throws `StoreUnavailable`.
 */
export async function entriesNaming(
  { names }: { readonly names: Pick<NameStore, 'namesOf'> },
  {
    conversations,
    account,
    persons,
  }: {
    readonly conversations: readonly ConversationKey[];
    readonly account: ChannelAccount | undefined;
    /** Every name under which something of them is stored; ids are found by it where no account tells them. */
    readonly persons: readonly PersonKey[];
  },
): Promise<readonly PersonKey[]> {
  const told = await Promise.all(persons.map((person) => names.namesOf(person)));
  const called = told.flatMap((known) => nameKinds.map((kind) => known?.[kind]));
  const texts = [...conversations, account?.id, account?.aadObjectId, ...called];
  return [...new Set([...persons, ...texts.flatMap((text) => (text === undefined ? [] : [entryKey(text)]))])];
}
