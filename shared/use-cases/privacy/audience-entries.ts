import { entryKey } from '../../domain/authored/audience-entry.ts';
import type { ChannelAccount } from '../../domain/conversation/conversation.ts';
import { nameKinds } from '../../domain/identity/told-names.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';

/**
 * By which entries stored audiences may name somebody: keys of their conversations, ids, and names that a roster or a directory
 * told of them. Throws `StoreUnavailable`.
 */
export async function entriesNaming(
  { names }: { readonly names: Pick<NameStore, 'of'> },
  {
    conversations,
    accounts,
    persons,
  }: {
    readonly conversations: readonly ConversationKey[];
    readonly accounts: readonly (ChannelAccount | undefined)[];
    /** Every name under which something of them is stored; ids are found by it where no account tells them. */
    readonly persons: readonly PersonKey[];
  },
): Promise<readonly PersonKey[]> {
  const ids = accounts.flatMap((account) => [account?.id, account?.aadObjectId]);
  const told = await Promise.all(persons.map((person) => names.of(person)));
  const called = told.flatMap((known) => nameKinds.map((kind) => known?.[kind]));
  const texts = [...conversations, ...ids, ...called].filter((text) => text !== undefined);
  return [...new Set([...persons, ...texts.map(entryKey)])];
}
