import {
  type ChannelAccount,
  type Conversation,
  placeName,
} from '../../../shared/domain/conversation/conversation.ts';
import { type Vouching, vouchesFor } from '../../../shared/domain/identity/vouching.ts';
import { isConversationKey } from '../../../shared/domain/ids.ts';
import { inParallel } from '../../../shared/domain/in-parallel.ts';
import { homeOf } from '../../../shared/use-cases/conversation/find-addressee.ts';
import type { Stores } from '../connection/tables.ts';

const READS_AT_ONCE = 16;

/** What somebody is called, for people; where nobody vouches for it, that they say so themselves. */
export function nameOfPerson(user: ChannelAccount | undefined, isVouched: boolean): string {
  const name = user?.name ?? user?.id ?? '';
  return name === '' || isVouched ? name : `says to be ${name}`;
}

/** What a conversation is called: a group by its own name, else whoever it is with. */
export function nameOfConversation(conversation: Conversation, vouching: Vouching): string {
  const { conversationType, channelId, user } = conversation;
  if (conversationType !== 'personal') return placeName(conversation) ?? '';
  return nameOfPerson(user, vouchesFor(vouching, channelId));
}

/**
 * Names for the keys that stand in a table, also for those of conversations that turned out to be somebody's; a key of
 * which nothing is known has none.
 */
export async function namesOfKeys(
  keys: Iterable<string>,
  { addressees, vouching }: { readonly addressees: Stores['addressees']; readonly vouching: Vouching },
): Promise<ReadonlyMap<string, string>> {
  const known = await inParallel([...new Set(keys)].filter(isConversationKey), READS_AT_ONCE, async (key) => {
    const { record } = (await homeOf(addressees, key)).looked;
    return record === undefined ? undefined : ([key, nameOfConversation(record, vouching)] as const);
  });
  return new Map(known.filter((one) => one !== undefined));
}
