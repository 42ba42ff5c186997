import type { Conversation } from '../../domain/conversation/conversation.ts';
import { type ConversationKey, isConversationKey } from '../../domain/ids.ts';
import { homeOf } from '../../use-cases/conversation/find-addressee.ts';
import type { World } from '../kind.ts';
import type { Hook } from './hook.ts';

/**
 * Who asked in a place for an address that nobody has looked at: by the key that they go by now, with their record, as long as
 * there is one. They may have been merged since. Throws `StoreUnavailable`.
 */
export async function whoAsked(
  { addressees }: Pick<World, 'addressees'>,
  { shownTo }: Hook,
): Promise<{ readonly key: ConversationKey; readonly record: Conversation | undefined } | undefined> {
  if (!isConversationKey(shownTo)) return undefined;
  const { key, looked } = await homeOf(addressees, shownTo);
  return { key, record: looked.record };
}
