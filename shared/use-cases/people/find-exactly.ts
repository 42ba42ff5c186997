import { KNOWN_CHANNELS } from '../../domain/identity/vouching.ts';
import { type ConversationKey, conversationKey, isConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import { homeOf } from '../conversation/find-addressee.ts';
import { type PersonAtDeps, type PersonInBrief, personAt } from './person-at.ts';

const AT_ONCE = 16;

export type FindExactly = (named: string) => Promise<PersonInBrief | undefined>;

export interface FindExactlyDeps extends PersonAtDeps {
  readonly addressees: Pick<AddresseeStore, 'findAddressee'>;
}

/**
 * Who is meant by a key, or by the channel's own id of a conversation with them alone, whichever of theirs it is. An id leads to
 * the key that each known channel makes of it: so many reads of rows by their keys, and no index. Reads only. Throws
 * `StoreUnavailable`.
 */
export function findExactly(deps: FindExactlyDeps): FindExactly {
  const every = findEachExactly(deps);
  return async (named) => (await every(named))[0];
}

/** Everybody who is meant so: several where channels have the same id for conversations with different people. */
export function findEachExactly(deps: FindExactlyDeps): (named: string) => Promise<readonly PersonInBrief[]> {
  return async (named) => {
    const byKey = isConversationKey(named) ? await atHome(named, { isKey: true }) : undefined;
    if (byKey !== undefined) return [byKey];
    const keys = KNOWN_CHANNELS.map((channelId) => conversationKey(channelId, named));
    const found = await inParallel(keys, AT_ONCE, (key) => atHome(key, { isKey: false }));
    return found.filter((person) => person !== undefined);
  };

  /** Under what stands in for a conversation there may be somebody without a record; no channel's id leads there. */
  async function atHome(
    from: ConversationKey,
    { isKey }: { readonly isKey: boolean },
  ): Promise<PersonInBrief | undefined> {
    const { key, looked } = await homeOf(deps.addressees, from);
    return isKey || looked.record !== undefined ? personAt(deps, key) : undefined;
  }
}
