import type { connectTables } from '../../../shared/adapters/table/connect.ts';
import { afterSeeing } from '../../../shared/domain/conversation/conversation.ts';
import type { ConversationKey } from '../../../shared/domain/ids.ts';
import { makeConversations } from './channel.ts';

const WRITES_AT_ONCE = 32;

/**
 * Makes people in the channel and remembers them in the tables, as if each had installed the bot. Gives their keys.
 */
export async function seed(
  stores: Pick<Awaited<ReturnType<typeof connectTables>>, 'conversations'>,
  channel: string,
  options: {
    readonly count: number;
    readonly signal: AbortSignal;
    readonly onProgress: (done: number) => void;
  },
): Promise<readonly ConversationKey[]> {
  const references = await makeConversations(channel, options.count);
  const people = references.map((reference) => afterSeeing(undefined, reference, { at: Date.now() }));
  for (let start = 0; start < people.length; start += WRITES_AT_ONCE) {
    options.signal.throwIfAborted();
    const block = people.slice(start, start + WRITES_AT_ONCE);
    await Promise.all(block.map((person) => stores.conversations.saveConversation(person)));
    options.onProgress(start + block.length);
  }
  return people.map(({ key }) => key);
}
