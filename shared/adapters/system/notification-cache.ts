import { type Cancellation, KNOWN_WITHIN } from '../../domain/event/cancellation.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';

const MOST_KEPT = 200;

/** What is known of the mark that cancels a notification, and since when; `mark` is under way while it is being read. */
interface KnownMark {
  readonly readAt: Instant;
  readonly mark: Promise<Cancellation | undefined>;
}

/**
 * Keeps the notifications read last. One never changes once accepted, so a broadcast reads its content once a
 * process and not once a recipient. The mark that cancels it comes with the content, and is read again when it is
 * older than `KNOWN_WITHIN`: once a second for a broadcast, never for what is told at once.
 */
export function cachingNotifications(store: NotificationStore, clock: Clock): NotificationStore {
  const kept = new Map<NotificationId, Notification>();
  const marks = new Map<NotificationId, KnownMark>();

  function note(id: NotificationId, known: KnownMark): void {
    // Taken out and put in again, the map keeps them by their last read.
    marks.delete(id);
    marks.set(id, known);
    dropOldest(marks);
  }

  return {
    acceptNotification: (notification) => store.acceptNotification(notification),
    noteRequest: (id, request) => store.noteRequest(id, request),
    findRequest: (id) => store.findRequest(id),
    isPlanned: (...asked) => store.isPlanned(...asked),
    markPlanned: (...asked) => store.markPlanned(...asked),
    beginWalk: (walk) => store.beginWalk(walk),
    advanceWalk: (walk) => store.advanceWalk(walk),
    walksOf: (id) => store.walksOf(id),
    findMarkedNotification: (id) => store.findMarkedNotification(id),
    async noteNotAddressed(id, count) {
      await store.noteNotAddressed(id, count);
      // A report of this process says it at once.
      marks.delete(id);
    },
    async cancelNotification(id, at, recall) {
      const mark = await store.cancelNotification(id, at, recall);
      note(id, { readAt: clock.now(), mark: Promise.resolve(mark) });
      return mark;
    },
    async findCancellation(id) {
      const known = marks.get(id);
      const age = known === undefined ? Number.POSITIVE_INFINITY : clock.now() - known.readAt;
      // A clock that was set back says nothing of the age.
      if (known !== undefined && age >= 0 && age <= KNOWN_WITHIN) return known.mark;
      const reading = { readAt: clock.now(), mark: store.findCancellation(id) };
      note(id, reading);
      try {
        return await reading.mark;
      } catch (cause) {
        // Whoever asks next reads again.
        if (marks.get(id) === reading) marks.delete(id);
        throw cause;
      }
    },
    async findNotification(id) {
      const known = kept.get(id);
      if (known !== undefined) return known;
      const readAt = clock.now();
      const { notification, cancellation } = await store.findMarkedNotification(id);
      if (notification === undefined) return undefined;
      note(id, { readAt, mark: Promise.resolve(cancellation) });
      kept.set(id, notification);
      dropOldest(kept);
      return notification;
    },
  };
}

function dropOldest(map: Map<NotificationId, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > MOST_KEPT && oldest !== undefined) map.delete(oldest);
}
