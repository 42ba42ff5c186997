import { createHash } from 'node:crypto';
import { type Conversation, channelOfThread, threadId } from '../conversations/conversation.ts';
import type { ChannelParts } from '../parts.ts';
import { BOT } from '../people/person.ts';
import type { ActivityJson, Sender } from '../transcript/entry.ts';
import { markerOf } from '../transcript/shown-counts.ts';
import { connectorError } from './errors.ts';
import { isMessage } from './outbound.ts';

const FROM_BOT: Sender = { ...BOT, role: 'bot' };

/** Where the bot writes: the conversation, and the id it wrote to, which names a thread in a team's channel. */
export interface Place {
  readonly conversation: Conversation;
  readonly id: string;
}

/** Throws HttpError 403 when the bot may not write here. */
export function refuseIfNotWelcome({ roster, isBlocked }: Conversation): void {
  if (roster !== 'installed') throw connectorError(403, 'BotNotInConversationRoster');
  if (isBlocked) throw connectorError(403, 'ConversationBlockedByUser');
}

/** Shows what the bot sent to the people in the conversation. Gives the new activity's id. */
export function showActivity(parts: ChannelParts, place: Place, activity: ActivityJson): string {
  const { conversation } = place;
  const id = parts.ids.next();
  if (!isMessage(activity)) {
    if (!conversation.isSynthetic) parts.transcripts.of(conversation).pass(activity, FROM_BOT);
    return id;
  }
  parts.stats.shown();
  if (conversation.isSynthetic) {
    const hash = createHash('sha256').update(JSON.stringify(activity)).digest('hex').slice(0, 16);
    parts.transcripts.count(conversation.id, markerOf(activity, hash), hash);
    return id;
  }
  parts.transcripts.of(conversation).show({
    id,
    at: parts.now(),
    from: FROM_BOT,
    activity: { ...activity, conversation: { id: threadOf(place, id) } },
  });
  return id;
}

/** Writing to a team's channel itself begins a thread. */
export function threadOf({ conversation, id }: Place, activityId: string): string {
  const beginsThread = conversation.type === 'channel' && channelOfThread(id) === undefined;
  return beginsThread ? threadId(conversation.id, activityId) : id;
}

/**
 * Replaces the content of a message of the bot.
 *
 * Throws HttpError 404 when there is none of that id. Messages of a load test are not kept: any id is accepted.
 */
export function updateActivity(parts: ChannelParts, place: Place, id: string, activity: ActivityJson): void {
  const { conversation } = place;
  if (conversation.isSynthetic) return;
  const transcript = parts.transcripts.of(conversation);
  if (transcript.get(id)?.from.role !== 'bot') throw connectorError(404, 'ActivityNotFoundInConversation');
  const revised = transcript.revise(id, {
    activity: { ...activity, conversation: { id: place.id } },
    updatedAt: parts.now(),
  });
  if (!revised) throw connectorError(404, 'ActivityNotFoundInConversation');
}

/** Takes a message of the bot away. Throws HttpError 404 when there is none of that id. */
export function deleteActivity(parts: ChannelParts, { conversation }: Place, id: string): void {
  if (conversation.isSynthetic) return;
  const transcript = parts.transcripts.of(conversation);
  if (transcript.get(id)?.from.role !== 'bot' || !transcript.revise(id, { isDeleted: true })) {
    throw connectorError(404, 'ActivityNotFoundInConversation');
  }
}
