import type { Frame, FrameButton } from '../../catalog/frame.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { coveringTopics, type Topic } from '../../domain/event/topic.ts';
import { cut } from '../../domain/text.ts';
import { wordsFor } from '../../locale/words.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

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
export function whyYouGetThis(deps: {
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOf'>;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
}): WhyYouGetThis {
  return async (notification, conversation) => {
    const entry = deps.kinds.entryOf(notification.type);
    if (entry === undefined || entry.saysWhy === true) return undefined;
    const words = wordsFor(conversation.locale).why;
    const snooze: FrameButton = {
      title: words.snooze,
      command: `snooze notification ${notification.id} for 1 hour`,
    };
    if (entry.internal === true || entry.askedFor === true) {
      const why = entry.why?.({ locale: conversation.locale ?? 'en' });
      return why === undefined ? undefined : { why, buttons: [snooze] };
    }
    const whom = conversation.conversationType === 'personal' ? 'you' : 'chat';
    // A question stays open until it is answered: there is nothing to put off.
    const later = entry.question?.(notification.data) === undefined ? [snooze] : [];

    const { topics, isDirect, isToEveryone } = addressedBy(notification, entry.topicOf?.(notification.data));
    const topic = topics.length === 0 ? undefined : await subscribedTopic(notification, topics, conversation);
    if (topic !== undefined) {
      return {
        why: words.topic(topic, whom),
        buttons: [
          { title: words.unsubscribe, command: `unsubscribe ${topic}` },
          { title: words.muteTopic, command: `mute ${topic} for 1 hour` },
          ...later,
        ],
      };
    }
    const buttons = [{ title: words.muteAll, command: 'mute for 1 hour' }, ...later];
    if (isToEveryone && !isDirect) return { why: words.everyone, buttons };
    const source = entry.sourceName?.(notification.data) ?? notification.source;
    return { why: words.source(nameOfSource(source), whom), buttons };
  };

  /** The narrowest subscription by which it came: the one to end. */
  async function subscribedTopic(
    { to }: Notification,
    topics: readonly Topic[],
    { key }: Conversation,
  ): Promise<Topic | undefined> {
    // Nobody else can be meant, and nothing needs to be read.
    if (to.length === 1 && topics.length === 1) return topics[0];
    const own = new Set((await deps.subscriptions.subscriptionsOf(key)).map(({ topic }) => topic));
    const found = topics.findLast((topic) => own.has(topic));
    // It was sent to the topic's subscribers, and the person has unsubscribed in this very moment.
    return found ?? (to.every((entry) => 'topic' in entry) ? topics.at(-1) : undefined);
  }
}

/** By what a notification may have come to somebody; `ofKept` is the topic of its kind's own group, where it has one. */
function addressedBy({ to }: Notification, ofKept: Topic | undefined) {
  const topics: Topic[] = [];
  let isDirect = false;
  let isToEveryone = false;
  for (const entry of to) {
    if ('topic' in entry) topics.push(...coveringTopics(entry.topic));
    // A kind's own group may be a topic's subscribers, of one tenant alone.
    else if ('keptBy' in entry && ofKept !== undefined) topics.push(...coveringTopics(ofKept));
    else if ('user' in entry || 'conversation' in entry) isDirect = true;
    else if ('everyone' in entry) isToEveryone = true;
  }
  return { topics, isDirect, isToEveryone };
}

/** What a service is called by its events' `source`: the host of an address, or the name as it is. */
function nameOfSource(source: string): string {
  const name = URL.canParse(source) ? new URL(source).host || source : source;
  return cut(name, 100).replace(/[\\`*_{}[\]()<>#+!|~]/g, '\\$&');
}
