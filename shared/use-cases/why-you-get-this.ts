import { entryOf } from '../catalog/catalog.ts';
import type { Frame, FrameButton } from '../catalog/frame.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { NotificationId } from '../domain/ids.ts';
import type { Notification } from '../domain/notification.ts';
import { coveringTopics, type Topic } from '../domain/topic.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

/**
 * Why a conversation gets a notification, with what can be done about it; `undefined` for what the person asked for
 * themselves, and for what says so by itself. Throws `StoreUnavailable`.
 */
export type WhyYouGetThis = (
  notification: Notification,
  conversation: Conversation,
) => Promise<Frame | undefined>;

/**
 * Finds the reason by whom the notification was addressed to. What reached the person in several ways is explained by the
 * one that they can end: a topic that they subscribed to, then themselves, then everyone.
 */
export function whyYouGetThis(deps: { readonly subscriptions: SubscriptionStore }): WhyYouGetThis {
  return async (notification, conversation) => {
    const entry = entryOf(notification.type);
    if (entry === undefined || entry.saysWhy === true) return undefined;
    if (entry.internal === true || entry.askedFor === true) {
      const why = entry.why?.(notification.data);
      return why === undefined ? undefined : { why, buttons: [snooze(notification.id)] };
    }
    // A question stays open until it is answered: there is nothing to put off.
    const later = entry.question?.(notification.data) === undefined ? [snooze(notification.id)] : [];

    const topic = await subscribedTopic(notification, conversation);
    if (topic !== undefined) {
      return {
        why: `You get this because you subscribed to **${topic}**.`,
        buttons: [
          { title: 'Unsubscribe', command: `unsubscribe ${topic}` },
          { title: 'Mute 1 hour', command: `mute ${topic} for 1 hour` },
          ...later,
        ],
      };
    }
    const buttons = [{ title: 'Mute all 1 hour', command: 'mute for 1 hour' }, ...later];
    const isDirect = notification.to.some((to) => 'user' in to || 'conversation' in to);
    if (!isDirect && notification.to.some((to) => 'everyone' in to)) {
      return { why: 'You get this because it goes to everyone who talks with me.', buttons };
    }
    const whom = conversation.conversationType === 'personal' ? 'you' : 'this chat';
    return {
      why: `You get this because **${nameOfSource(notification.source)}** addressed ${whom}.`,
      buttons,
    };
  };

  /** The narrowest subscription by which it came: the one to end. */
  async function subscribedTopic(
    { to }: Notification,
    { key }: Conversation,
  ): Promise<Topic | undefined> {
    const topics = to.flatMap((entry) => ('topic' in entry ? coveringTopics(entry.topic) : []));
    const [only] = topics;
    if (only === undefined) return undefined;
    // Nobody else can be meant, and nothing needs to be read.
    if (to.length === 1 && topics.length === 1) return only;
    const own = new Set((await deps.subscriptions.of(key)).map(({ topic }) => topic));
    const found = topics.findLast((topic) => own.has(topic));
    // It was sent to the topic's subscribers, and the person has unsubscribed in this very moment.
    return found ?? (to.every((entry) => 'topic' in entry) ? topics.at(-1) : undefined);
  }
}

function snooze(notification: NotificationId): FrameButton {
  return { title: 'Snooze 1 hour', command: `snooze notification ${notification} for 1 hour` };
}

/** What a service is called by its events' `source`: the host of an address, or the name as it is. */
function nameOfSource(source: string): string {
  const name = URL.canParse(source) ? new URL(source).host || source : source;
  return name.replace(/[\\`*_{}[\]()<>#+!|~]/g, '\\$&').slice(0, 100);
}
