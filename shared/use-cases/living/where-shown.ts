import { type Conversation, isReachable, type Reachable } from '../../domain/conversation/conversation.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import { conversationKey } from '../../domain/ids.ts';
import type { Shown } from '../../domain/living/living.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';

/**
 * What leads to the conversation in which a message is, of the addressee who is told in `conversation` now; `undefined` where
 * nothing leads there any more. Throws `StoreUnavailable`.
 */
export async function whereShown(
  { addressees }: { readonly addressees: Pick<AddresseeStore, 'findPlace'> },
  conversation: Conversation,
  { channelId, conversationId }: Pick<Shown, 'channelId' | 'conversationId'>,
): Promise<Reachable | undefined> {
  const isHere = conversation.channelId === channelId && isReachable(conversation);
  // On one channel all conversations of somebody are reached by the same service.
  if (isHere) return { ...conversation, conversationId };
  const kept = await addressees.findPlace(conversation.key, conversationKey(channelId, conversationId));
  return kept === undefined ? undefined : { ...kept, key: conversation.key, conversationId };
}

/** What the channel would say of a message of which nobody knows where it is. */
export const messageGone = {
  kind: 'failed',
  status: 404,
  code: 'ActivityNotFoundInConversation',
  surelyNotSent: true,
} as const satisfies Answer;
