import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { wordsOf } from '../../domain/identity/name-words.ts';
import { proofsOf } from '../../domain/identity/proofs.ts';
import { hasRoster } from '../../domain/identity/told-names.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { type ConversationKey, uncreatedConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';
import type { PeopleIndex } from '../../ports/conversation/people-index.ts';

const AT_ONCE = 16;
const PAGE = 500;

export interface Reindexed {
  /** Conversations and members of groups that were looked at. */
  readonly people: number;
  /** Leads to nobody that were removed. */
  readonly strays: number;
}

export type ReindexPeople = (onProgress: (people: number) => void) => Promise<Reindexed>;

/**
 * Has everybody found by the index who was stored before there was one, and removes what leads to nobody. Writes only what
 * is missing; may be ended at any time and begun anew. Memory does not grow with the people. Throws `StoreUnavailable`.
 */
export function reindexPeople(deps: {
  readonly conversations: ConversationStore;
  readonly peopleIndex: PeopleIndex;
  readonly names: Pick<NameStore, 'askName' | 'namesOf' | 'removeStrays'>;
  readonly vouching: Vouching;
}): ReindexPeople {
  return async (onProgress) => {
    let people = 0;
    let after: string | undefined;
    do {
      const page = await deps.conversations.listConversations({ limit: PAGE, ...defined({ after }) });
      await inParallel(page.items, AT_ONCE, async (record) => {
        const { key, conversationType, user, suppressed } = record;
        if (conversationType !== 'personal' || user === undefined || suppressed === 'forgotten') return;
        await deps.peopleIndex.notePerson(key, wordsOf(user));
        if (suppressed === undefined) await askForNames(user, record, key);
        people += 1;
      });
      onProgress(people);
      after = page.after;
    } while (after !== undefined);

    for await (const { channelId, user } of deps.peopleIndex.membersOfGroups()) {
      // Of the former release's rows somebody's claim may be one; whoever is found by it is judged when they are shown.
      if (!vouchesFor(deps.vouching, channelId)) continue;
      const key = uncreatedConversationKey(channelId, user.id);
      await deps.peopleIndex.notePerson(key, wordsOf(user), { channelId, id: user.id });
      people += 1;
      onProgress(people);
    }
    const strays = (await deps.peopleIndex.removeStrays()) + (await deps.names.removeStrays());
    return { people, strays };
  };

  /** Of whom the release before this one has met, no roster was ever asked. */
  async function askForNames(
    user: ChannelAccount,
    record: Conversation,
    key: ConversationKey,
  ): Promise<void> {
    const proofs = proofsOf(user, record, deps.vouching);
    const [first, channel = first] = proofs;
    if (first === undefined || channel === undefined || !hasRoster(record.channelId)) return;
    if ((await deps.names.namesOf(first.person)) !== undefined) return;
    await deps.names.askName({ person: channel.person, conversation: key, at: 0 });
  }
}
