import type { Activity } from '../domain/conversation/activity.ts';
import { isChannelId } from '../domain/conversation/channel-text.ts';
import { conversationKey } from '../domain/ids.ts';
import { isJsonObject } from '../domain/json-object.ts';
import type { Instant } from '../domain/time.ts';
import type { Read } from '../use-cases/conversation/note-read.ts';

/** As Teams calls it. */
const NAME = 'application/vnd.microsoft.readReceipt';

/** Whether a channel tells by itself that somebody read something: nobody has turned to the bot by that. */
export function isReadReceipt({ type, name }: Activity): boolean {
  return type === 'event' && name === NAME;
}

/** What it says; `undefined` where nothing of it can be kept, or several people read there. */
export function readOf(activity: Activity, at: Instant): Read | undefined {
  const { channelId, conversation, value } = activity;
  const activityId = isJsonObject(value) ? value.lastReadMessageId : undefined;
  if (!isChannelId(activityId) || !isChannelId(conversation.id)) return undefined;
  if (conversation.conversationType !== undefined && conversation.conversationType !== 'personal')
    return undefined;
  return {
    conversation: conversationKey(channelId, conversation.id),
    conversationId: conversation.id,
    activityId,
    what: 'up-to',
    at,
  };
}
