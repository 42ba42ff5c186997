import { randomUUID } from 'node:crypto';
import { crowdConversationId } from '../../dev/teams-channel-local/conversations/conversation.ts';
import { defined } from '../../shared/domain/defined.ts';
import {
  type ConversationKey,
  conversationKey,
  type NotificationId,
  notificationId,
} from '../../shared/domain/ids.ts';
import type { EventQueue } from '../../shared/ports/queues.ts';

/** Prefix of the people that the measurements make in the channel. */
export const CROWD = 'bench';

const SOURCE = 'urn:notifier:bench';

/** Publishes a notification as an upstream service would. */
export async function publish(
  events: EventQueue,
  to: object,
  text = 'A measured message',
  delivery?: object,
): Promise<NotificationId> {
  const id = randomUUID();
  await events.publishEvents([
    {
      specversion: '1.0',
      id,
      source: SOURCE,
      type: 'notification.requested',
      data: { to, text, ...defined({ delivery }) },
    },
  ]);
  return notificationId(SOURCE, id);
}

/** The conversation of one of those people, counted from 0. */
export function conversationOf(person: number): ConversationKey {
  return conversationKey('msteams', crowdConversationId(CROWD, person));
}
