import type { CloudEvent } from '../../domain/event/cloud-event.ts';
import { notificationId } from '../../domain/ids.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Queued } from './hook.ts';

/** Events of one hook that wait on the queue at once, whatever its rate is. */
export const MOST_QUEUED = 1000;
/** Of them, those that are told one by one; the others are room for what is told once a window. */
export const MOST_QUEUED_ONE_BY_ONE = 800;
/** So often an event is remembered by which it is seen how far the queue was read. */
const MARKED_EACH = 200;

/** What waits once these wait as well; `undefined` where there is no room for them below `most`. */
export type QueuedWith = (
  before: Queued | undefined,
  events: readonly CloudEvent[],
  most: number,
) => Promise<Queued | undefined>;

/**
 * Counts what is put onto the queue and what was taken off it. Nobody can be asked how much waits; but an event that was
 * taken has its notification, and so have those before it. It is only looked for when there seems to be no room.
 */
export function queuedWith({ notifications }: { readonly notifications: NotificationStore }): QueuedWith {
  return async (before = { count: 0, marks: [] }, events, most) => {
    const newest = events.at(-1);
    if (newest === undefined) return before;
    const hasRoom = ({ count }: Queued) => count + events.length <= most;
    const waiting = hasRoom(before) ? before : await withoutTaken(before, newest.source);
    if (!hasRoom(waiting)) return undefined;
    const count = waiting.count + events.length;
    const isMarked = count - (waiting.marks.at(-1)?.upTo ?? 0) >= MARKED_EACH || events.length > 1;
    return {
      count,
      marks: isMarked ? [...waiting.marks, { event: newest.id, upTo: count }] : waiting.marks,
    };
  };

  /** Without what lies before the newest event that was taken. */
  async function withoutTaken({ count, marks }: Queued, source: string): Promise<Queued> {
    for (const [place, { event, upTo }] of [...marks.entries()].reverse()) {
      if ((await notifications.findNotification(notificationId(source, event))) === undefined) continue;
      const left = marks.slice(place + 1).map((mark) => ({ ...mark, upTo: mark.upTo - upTo }));
      return { count: count - upTo, marks: left };
    }
    return { count, marks };
  }
}
