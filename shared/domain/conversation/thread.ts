import { type Conversation, type ConversationType, keyOf, type Reachable } from './conversation.ts';

/** How a channel writes the thread behind the place that it is in. */
const THREADS: { readonly [channelId: string]: RegExp } = {
  msteams: /;messageid=\d+$/,
  // `B…:T…:C…:1700000000.000100`: bot, team, channel, and the message that the thread is about.
  slack: /(?<=^[^:]+:[^:]+:[^:]+):\d+\.\d+$/,
};

/**
 * The channel's id of the place that a conversation is in. In a channel each thread has an id of its own; the channel is one
 * place, so its threads are told apart no further, or everything would be posted into each thread that knows the bot, or into the one
 * where a person wrote last.
 */
export function placeIdOf(at: {
  readonly channelId: string;
  readonly conversationType: ConversationType;
  readonly conversationId: string;
}): string {
  const { channelId, conversationType, conversationId } = at;
  const thread = THREADS[channelId];
  // In a chat of Teams nothing else is a thread; on Slack each conversation has them, that of one person too.
  const hasThreads = channelId === 'slack' || conversationType === 'channel';
  return thread === undefined || !hasThreads ? conversationId : conversationId.replace(thread, '');
}

/**
 * The place of a thread that has a record of its own, as the former release kept them; `undefined` for anything else. A
 * person's chat is theirs whatever thread of it has a record: by who they are it becomes one with their others.
 */
export function placeOfThread(record: Conversation): Reachable | undefined {
  const { conversationId, conversationType } = record;
  if (conversationId === undefined || conversationType === 'personal') return undefined;
  const id = placeIdOf({ ...record, conversationId });
  if (id === conversationId) return undefined;
  const { suppressed, ...place } = { ...record, conversationId: id };
  // What befell a thread says nothing of its place; only what is forgotten stays so.
  const stays = suppressed === 'forgotten' ? { suppressed } : {};
  return { ...place, ...stays, key: keyOf(place) };
}
