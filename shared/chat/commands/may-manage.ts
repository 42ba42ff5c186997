import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { isSamePerson, proofsOf } from '../../domain/identity/proofs.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { conversationKey } from '../../domain/ids.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { Turn } from '../turn.ts';

/** Whether who speaks may change what the conversation is told; else who may, as far as that is known. */
export type MayManage = (
  turn: Pick<Turn, 'conversation' | 'speaker'>,
) => Promise<{ readonly may: true } | { readonly may: false; readonly owner?: string }>;

/** Whether who speaks is known to be the one who installed the bot there. */
export function isInstaller(deps: {
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly vouching: Vouching;
}): (turn: Pick<Turn, 'conversation' | 'speaker'>) => Promise<boolean> {
  return async ({ conversation, speaker }) => {
    const { channelId, installedBy, team } = conversation;
    // A bot is installed in a team as a whole, of which the channel with the team's own id hears.
    const installer =
      installedBy ??
      (team === undefined
        ? undefined
        : (await deps.conversations.find(conversationKey(channelId, team.id)))?.installedBy);
    const [installers, speakers] = [installer, speaker].map((account) =>
      proofsOf(account, conversation, deps.vouching),
    );
    return isSamePerson(installers ?? [], speakers ?? []);
  };
}

/**
 * A channel of a team speaks to many who did not ask: there it is only up to whoever installed the bot, or made it known
 * where that was before it was seen. Alone and in group chats everybody may, and where nobody vouches for who speaks: there
 * anybody could say that they are the owner. Teams says in no activity who owns a team.
 */
export function mayManage(deps: {
  readonly conversations: ConversationStore;
  readonly vouching: Vouching;
}): MayManage {
  return async ({ conversation, speaker }) => {
    if (conversation.conversationType !== 'channel') return { may: true };
    if (!vouchesFor(deps.vouching, conversation.channelId)) return { may: true };
    const owner = await ownerOf(conversation);
    const [owners, speakers] = [owner, speaker].map((account) =>
      proofsOf(account, conversation, deps.vouching),
    );
    if (owner === undefined || isSamePerson(owners ?? [], speakers ?? [])) return { may: true };
    return { may: false, ...(owner.name === undefined ? {} : { owner: owner.name }) };
  };

  /** A bot is installed in a team as a whole, of which the channel with the team's own id hears. */
  async function ownerOf(conversation: Conversation): Promise<ChannelAccount | undefined> {
    const { channelId, installedBy, team, user } = conversation;
    if (installedBy !== undefined) return installedBy;
    const general =
      team === undefined ? undefined : await deps.conversations.find(conversationKey(channelId, team.id));
    return general?.installedBy ?? general?.user ?? user;
  }
}
