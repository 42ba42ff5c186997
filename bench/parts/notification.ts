import { randomUUID } from 'node:crypto';
import { defaultDelivery, type Notification } from '../../shared/domain/event/notification.ts';
import { notificationId } from '../../shared/domain/ids.ts';

export function aNotification(): Notification {
  const [source, eventId, now] = ['urn:notifier:bench', randomUUID(), Date.now()];
  return {
    id: notificationId(source, eventId),
    source,
    eventId,
    type: 'notification.requested',
    time: now,
    acceptedAt: now,
    to: [{ everyone: true }],
    data: { text: 'Build #42 of **web** failed on `main`.' },
    delivery: defaultDelivery,
  };
}
