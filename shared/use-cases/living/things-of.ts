import { DIGEST } from '../../catalog/digest.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { coveringTopics, type Topic } from '../../domain/event/topic.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** Every message that nobody asked for themselves: what is muted where everything is. */
export const ANY_NEWS = 'news';

export function ofTopic(topic: Topic): string {
  return `topic ${topic}`;
}

export function ofNotification(id: NotificationId): string {
  return `notification ${id}`;
}

/**
 * What a notification is about, by the names that commands give to what they change: itself, its topics and those above
 * them, and what its kind calls it. A digest is about nothing: it tells of others, whose buttons stay.
 */
export function thingsOf(
  { id, type, data, to }: Pick<Notification, 'id' | 'type' | 'data' | 'to'>,
  kinds: Pick<AllKinds, 'entryOf'>,
): readonly string[] {
  const entry = kinds.entryOf(type);
  if (entry === undefined || type === DIGEST) return [];
  const own = entry.thing?.(data);
  const told = entry.topicOf?.(data);
  const topics = [
    ...to.flatMap((one) => ('topic' in one ? [one.topic] : [])),
    ...(told === undefined ? [] : [told]),
  ];
  return [
    ofNotification(id),
    ...(own === undefined ? [] : [own]),
    ...topics.flatMap(coveringTopics).map(ofTopic),
    ...(entry.askedFor === true || entry.internal === true ? [] : [ANY_NEWS]),
  ];
}
