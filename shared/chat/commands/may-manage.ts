import {
  type ChannelAccount,
  type Conversation,
  isReachable,
} from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { isSamePerson, proofsOf } from '../../domain/identity/proofs.ts';
import { hasRoster } from '../../domain/identity/told-names.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { conversationKey } from '../../domain/ids.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { Roster } from '../../ports/conversation/roster.ts';
import type { Turn } from '../turn.ts';

type Who = Pick<Turn, 'conversation' | 'speaker'>;

/** Whether who speaks may change what the conversation is told; else who may, as far as that is known. */
export type MayManage = (
  turn: Who,
) => Promise<
  { readonly may: true } | { readonly may: false; readonly installer?: string; readonly isTeam: boolean }
>;

/** Whether who speaks is known to be one who may manage the place. */
export type IsManager = (turn: Who) => Promise<boolean>;

export interface ManagingDeps {
  readonly conversations: Pick<ConversationStore, 'findConversation'>;
  readonly vouching: Vouching;
  /** The channel's own, asked when somebody else than the installer wants to manage. */
  readonly roster: () => Promise<Roster>;
}

/** Who installed the bot in the place, or owns the team by the channel's roster. */
export function isManager(deps: ManagingDeps): IsManager {
  return async (turn) => {
    const { conversation, speaker } = turn;
    return (
      isInstaller(deps, turn, await installerOf(deps, conversation)) ||
      (await isOwner(deps, conversation, speaker))
    );
  };
}

/**
 * A place speaks to many who did not ask: there it is only up to whoever installed the bot, or owns the team. Where neither is
 * known, everybody may, and where nobody vouches for who speaks: there anybody could say that they are the owner.
 */
export function mayManage(deps: ManagingDeps): MayManage {
  return async (turn) => {
    const { conversation, speaker } = turn;
    if (conversation.conversationType === 'personal') return { may: true };
    if (!vouchesFor(deps.vouching, conversation.channelId)) return { may: true };
    const isTeam = conversation.conversationType === 'channel';
    const installer = await installerOf(deps, conversation);
    if (installer === undefined) {
      const owners = await ownersOf(deps, conversation);
      const may = owners.length === 0 || owners.some((owner) => isOne(deps, conversation, [owner, speaker]));
      return may ? { may } : { may, isTeam };
    }
    if (isInstaller(deps, turn, installer) || (await isOwner(deps, conversation, speaker)))
      return { may: true };
    return { may: false, isTeam, ...defined({ installer: installer.name }) };
  };
}

/** A bot is installed in a team as a whole, of which the channel with the team's own id hears. */
async function installerOf(
  deps: ManagingDeps,
  { channelId, installedBy, team }: Conversation,
): Promise<ChannelAccount | undefined> {
  if (installedBy !== undefined || team === undefined) return installedBy;
  return (await deps.conversations.findConversation(conversationKey(channelId, team.id)))?.installedBy;
}

function isInstaller(
  deps: ManagingDeps,
  { conversation, speaker }: Who,
  installer: ChannelAccount | undefined,
) {
  return isOne(deps, conversation, [installer, speaker]);
}

function isOne(
  { vouching }: ManagingDeps,
  conversation: Conversation,
  [one, other]: readonly [ChannelAccount | undefined, ChannelAccount | undefined],
): boolean {
  return isSamePerson(proofsOf(one, conversation, vouching), proofsOf(other, conversation, vouching));
}

async function isOwner(
  deps: ManagingDeps,
  conversation: Conversation,
  speaker: ChannelAccount | undefined,
): Promise<boolean> {
  if (speaker === undefined || !namesOwners(conversation) || !isReachable(conversation)) return false;
  const answer = await (await deps.roster()).member(conversation, speaker.id);
  return answer.kind === 'told' && answer.told.isOwner && isOne(deps, conversation, [answer.told, speaker]);
}

/** None where the roster names none, or does not answer. */
async function ownersOf(deps: ManagingDeps, conversation: Conversation): Promise<readonly ChannelAccount[]> {
  if (!namesOwners(conversation) || !isReachable(conversation)) return [];
  const answer = await (await deps.roster()).owners(conversation);
  return answer.kind === 'told' ? answer.told : [];
}

/** A chat belongs to nobody. */
function namesOwners({ conversationType, channelId }: Conversation): boolean {
  return conversationType === 'channel' && hasRoster(channelId);
}
