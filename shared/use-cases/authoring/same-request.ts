import { REMEMBERED } from '../../domain/event/cancellation.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { hashOf } from '../../domain/hash.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';

export interface SameRequestDeps {
  readonly notifications: Pick<NotificationStore, 'noteRequest'>;
  readonly dueIndex: Pick<DueIndex, 'addDue'>;
  readonly clock: Clock;
}

/**
 * Whether a request is the first one for a notification, or the same as the first: its digest and whose it is are kept as long as
 * the notification is, and a day where none comes of it. Asked before the event is queued, so that of two that meet one is the first.
 *
 * What a former release was asked left no digest: whatever is asked next is then taken for the first.
 *
 * Throws `StoreUnavailable`; repeating the call then is harmless.
 */
export async function isSameRequest(
  { notifications, dueIndex, clock }: SameRequestDeps,
  { id, source }: Pick<Notification, 'id' | 'source'>,
  request: unknown,
): Promise<boolean> {
  // The entry goes first: nothing is kept that nobody would find.
  await dueIndex.addDue({ kind: 'old-notification', notification: id, at: clock.now() + REMEMBERED });
  const digest = digestOf(request);
  return (await notifications.noteRequest(id, { digest, source })).digest === digest;
}

/** The same whatever the order of fields is. */
export function digestOf(request: unknown): string {
  return hashOf(JSON.stringify(request, inOrder));
}

function inOrder(_name: string, value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
