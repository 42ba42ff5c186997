import { createHash } from 'node:crypto';
import { type Conversation, channelOfThread, threadId } from '../conversations/conversation.ts';
import { isObject } from '../http/body.ts';
import { HttpError } from '../http/errors.ts';
import type { LimitedRequest } from '../limits/limits.ts';
import type { ChannelParts } from '../parts.ts';
import type { ActivityJson } from '../transcript/entry.ts';
import { markerOf } from '../transcript/shown-counts.ts';
import { partsOnTeams } from './as-teams.ts';
import { connectorError } from './errors.ts';
import { isMessage } from './outbound.ts';

/** Where the bot writes: the conversation, and the id it wrote to, which names a thread in a team's channel. */
export interface Place {
  readonly conversation: Conversation;
  readonly id: string;
  /** For one member alone: `?isTargetedActivity=true`. */
  readonly isTargeted?: boolean;
}

/** Throws HttpError 403 when the bot may not write here. */
export function refuseIfNotWelcome({ roster, isBlocked }: Conversation): void {
  if (roster !== 'installed') throw connectorError(403, 'BotNotInConversationRoster');
  if (isBlocked) throw connectorError(403, 'ConversationBlockedByUser');
}

/** Throws HttpError 405 where messages stay as they are: Web Chat and Direct Line change none. */
export function refuseIfUnchangeable({ channelId }: Conversation): void {
  if (channelId !== 'msteams') throw connectorError(405, 'BadArgument');
}

/** What became of an activity: the id of its first message, and whether that is all of it. */
export interface Sent {
  readonly id: string;
  readonly isWhole: boolean;
}

/** Shows what the bot sent to the people in the conversation: on Teams perhaps as several messages. */
export function showActivity(parts: ChannelParts, place: Place, activity: ActivityJson): Sent {
  if (place.isTargeted) memberAlone(place, activity);
  const { channelId } = place.conversation;
  const [first, ...others] = channelId === 'msteams' ? partsOnTeams(activity) : [activity];
  const id = showOne(parts, place, first);
  for (const other of others) {
    showOne(parts, { ...place, id: threadOf(place, id) }, other);
    // Each counts against the limits of the conversation; what was taken is shown, whatever they say.
    parts.limits.admit(requestTo(place), parts.now());
  }
  return { id, isWhole: others.length === 0 };
}

/** A send as the limits see it. */
function requestTo({ conversation }: Pick<Place, 'conversation'>): LimitedRequest {
  const { id, tenantId, channelId } = conversation;
  return { tenant: tenantId ?? channelId, thread: `send ${id}` };
}

function showOne(parts: ChannelParts, place: Place, activity: ActivityJson): string {
  const { conversation } = place;
  const id = parts.ids.next();
  if (!isMessage(activity)) {
    if (!conversation.isSynthetic)
      parts.transcripts.of(conversation).pass(activity, { ...parts.bot, role: 'bot' });
    return id;
  }
  parts.stats.shown();
  if (conversation.isSynthetic) {
    const hash = createHash('sha256').update(JSON.stringify(activity)).digest('hex').slice(0, 16);
    parts.transcripts.count(conversation.id, markerOf(activity, hash), hash);
    parts.transcripts.crowdMessages.show(conversation.id, id, markerOf(activity, hash));
    return id;
  }
  parts.transcripts.of(conversation).show({
    id,
    at: parts.now(),
    from: { ...parts.bot, role: 'bot' },
    activity: { ...activity, conversation: { id: threadOf(place, id) } },
    ...(place.isTargeted ? { onlyFor: memberAlone(place, activity) } : {}),
  });
  return id;
}

/**
 * The one member who sees a targeted message.
 *
 * Throws HttpError 400 where nobody else is there or nobody is named, 404 for somebody who is no member.
 */
function memberAlone({ conversation }: Place, { recipient }: ActivityJson): string {
  const { type, channelId, memberIds } = conversation;
  const isPossible = channelId === 'msteams' && type !== 'personal';
  if (!isPossible || !isObject(recipient) || typeof recipient.id !== 'string') throw badTarget();
  if (!memberIds.includes(recipient.id)) throw connectorError(404, 'BotNotInConversationRoster');
  return recipient.id;
}

function badTarget(): HttpError {
  return new HttpError(400, 'BadArgument', 'Bad argument');
}

/** Writing to a team's channel itself begins a thread. */
export function threadOf({ conversation, id }: Place, activityId: string): string {
  const beginsThread = conversation.type === 'channel' && channelOfThread(id) === undefined;
  return beginsThread ? threadId(conversation.id, activityId) : id;
}

/**
 * Replaces the content of a message of the bot.
 *
 * Throws HttpError 404 when there is none of that id, 403 when it was deleted, 400 for what Teams would make several
 * messages of. Messages of a load test are kept for a while only: any id is accepted.
 */
export function updateActivity(parts: ChannelParts, place: Place, id: string, activity: ActivityJson): void {
  const { conversation } = place;
  const [content, ...others] = partsOnTeams(activity);
  if (others.length > 0) {
    throw new HttpError(400, 'BadArgument', 'Activity resulted into multiple skype activities');
  }
  if (conversation.isSynthetic) {
    parts.transcripts.crowdMessages.change(conversation.id, id, markerOf(content, ''));
    return;
  }
  messageOfBot(parts, place, id);
  if (place.isTargeted && activity.recipient !== undefined) throw badTarget();
  parts.transcripts.of(conversation).revise(id, {
    activity: { ...content, conversation: { id: place.id } },
    updatedAt: parts.now(),
  });
}

/** Takes a message of the bot away. Throws HttpError 404 when there is none of that id, 403 when it is gone already. */
export function deleteActivity(parts: ChannelParts, place: Place, id: string): void {
  if (place.conversation.isSynthetic) {
    parts.transcripts.crowdMessages.remove(place.conversation.id, id);
    return;
  }
  messageOfBot(parts, place, id);
  parts.transcripts.of(place.conversation).revise(id, { isDeleted: true });
}

/** Throws as Teams answers for a message that is not there (404), was deleted (403), or is targeted and not named so (400). */
function messageOfBot(parts: ChannelParts, { conversation, isTargeted }: Place, id: string): void {
  const entry = parts.transcripts.of(conversation).get(id);
  if (entry?.from.role !== 'bot') throw connectorError(404, 'ActivityNotFoundInConversation');
  if (entry.isDeleted) throw connectorError(403, 'ServiceError');
  const isForOne = entry.onlyFor !== undefined;
  if (isTargeted && !isForOne) throw connectorError(404, 'ActivityNotFoundInConversation');
  if (isForOne && !isTargeted) throw badTarget();
}
