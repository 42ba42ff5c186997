import { isNotificationId, type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import type { Flags } from '../arguments/flags.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** The other way to name a notification: by its event. */
export const eventFlags = {
  source: { type: 'string', value: 'URI', about: 'source of the event, in place of the notification id' },
  'event-id': { type: 'string', value: 'ID', about: 'id of the event, beside --source' },
} as const satisfies Flags;

/** The notification that a command line names. Throws `UsageError`. */
export function idFrom(
  word: string | undefined,
  source: string | undefined,
  eventId: string | undefined,
): NotificationId {
  if (source !== undefined || eventId !== undefined) {
    if (source === undefined || eventId === undefined) {
      throw new UsageError('--source and --event-id name an event together; give both');
    }
    if (word !== undefined)
      throw new UsageError('give the notification id or --source and --event-id, not both');
    return notificationId(source, eventId);
  }
  if (word === undefined) {
    throw new UsageError('<notification id> is missing; name it, or the event with --source and --event-id');
  }
  if (isNotificationId(word)) return word;
  throw new UsageError(
    `"${word}" is no notification id, which has 43 characters; if it is an event's id, give it as --event-id with --source`,
  );
}
