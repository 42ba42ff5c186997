import { randomUUID } from 'node:crypto';
import { type NotificationId, notificationId } from '../../shared/domain/ids.ts';
import type { EventQueue } from '../../shared/ports/queues.ts';

const SOURCE = 'urn:notifier:bench';

/** Publishes a notification as an upstream service would. */
export async function publish(
  events: EventQueue,
  to: object,
  text = 'A measured message',
): Promise<NotificationId> {
  const id = randomUUID();
  await events.publish([
    { specversion: '1.0', id, source: SOURCE, type: 'notification.requested', data: { to, text } },
  ]);
  return notificationId(SOURCE, id);
}
