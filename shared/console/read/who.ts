import { type Conversation, placeName } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { isConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';

const AT_ONCE = 16;

/** Who or what is behind a key. */
export interface Who {
  readonly key: string;
  readonly name?: string;
  /** The channel says itself who this is; else they say so themselves. */
  readonly isVouched: boolean;
  readonly channelId?: string;
}

export interface WhoDeps {
  readonly conversations: Pick<ConversationStore, 'findConversation'>;
  readonly vouching: Vouching;
}

/** Of each key, in their order; a key of which nothing is known has no name. */
export async function whoAre(deps: WhoDeps, keys: readonly string[]): Promise<readonly Who[]> {
  return (await whoOrWhere(deps, keys)).map(({ who }) => who);
}

/** The same, and of each whether it is somebody, and not a place that several are in. */
export async function whoOrWhere(
  deps: WhoDeps,
  keys: readonly string[],
): Promise<readonly { readonly who: Who; readonly isPerson: boolean }[]> {
  return inParallel(keys, AT_ONCE, async (key) => {
    const record = isConversationKey(key) ? await deps.conversations.findConversation(key) : undefined;
    if (record === undefined) return { who: { key, isVouched: false }, isPerson: false };
    const { channelId, conversationType } = record;
    const isVouched = vouchesFor(deps.vouching, channelId);
    const who = { key, ...defined({ name: nameOf(record) }), isVouched, channelId };
    return { who, isPerson: conversationType === 'personal' };
  });
}

/** A group by its own name, else whoever it is with. */
function nameOf(conversation: Conversation): string | undefined {
  return conversation.conversationType === 'personal' ? conversation.user?.name : placeName(conversation);
}
