import { excerptOf } from '../../catalog/excerpt.ts';
import { readableText } from '../../catalog/readable-text.ts';
import type { Reachable } from '../../domain/conversation/conversation.ts';
import type { Shown } from '../../domain/living/living.ts';
import { wordsFor } from '../../locale/words.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Earlier } from '../delivery/tell-person.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** Teams names a thread in the id of its conversation, by its first message. */
const THREAD = ';messageid=';

/** So much of an earlier message is quoted. */
const QUOTED = 80;

/** Where a state of a key goes: to its message, or into its thread where the channel has threads. */
export function placeOf(conversation: Reachable, earlier: Earlier): Reachable {
  if (earlier.shown.channelId !== conversation.channelId) return conversation;
  const { conversationId, activityId } = earlier.shown;
  if (earlier.as === 'change') return { ...conversation, conversationId };
  const hasThreads = conversation.channelId === 'msteams' && conversation.conversationType === 'channel';
  if (!hasThreads) return conversation;
  const thread = conversationId.includes(THREAD) ? conversationId : `${conversationId}${THREAD}${activityId}`;
  return { ...conversation, conversationId: thread };
}

/** The beginning of an earlier message, for an answer to it where there are no threads; `undefined` where it is not kept. */
export function quoteOf(deps: {
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
}): (shown: Shown, locale: string | undefined) => Promise<string | undefined> {
  return async ({ notification }, locale = 'en') => {
    const earlier = await deps.notifications.findNotification(notification);
    const entry = earlier && deps.kinds.entryOf(earlier.type);
    if (earlier === undefined || entry === undefined) return undefined;
    const content = entry.render(earlier.data, { locale, timeZone: 'UTC' });
    const [line = ''] = (content.summary ?? readableText(content, entry.title(locale))).split('\n');
    return wordsFor(locale).living.inAnswerTo(excerptOf(line, QUOTED).text);
  };
}

/** One remark below another. */
export function joined(one: string | undefined, other: string): string {
  return one === undefined ? other : `${one}\n\n${other}`;
}
