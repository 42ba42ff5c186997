import { DIGEST } from '../../catalog/digest.ts';
import type { EntryOf } from '../../catalog/entry.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import {
  DeliveryMode,
  type DeliveryOptions,
  type JsonObject,
  type Notification,
} from '../../domain/event/notification.ts';
import { notificationId } from '../../domain/ids.ts';
import type { Held } from './pack-held.ts';

/** Where digests come from, as other notifications come from their event's source. */
const SOURCE = '/digests';

/** The version of a digest's row when it is made: the first call may not take the delivery for one without a row. */
const FIRST_VERSION = 1;

/** The notification that tells what its members would. The same members make the same one. */
export function digestOf(
  members: readonly Held[],
  data: JsonObject,
  conversation: Conversation,
  now: number,
): Notification {
  // The versions tell a digest of replayed deliveries from the one that they were in before.
  const names = members.map(({ row }) => `${row.id.notification}:${row.version}`).sort();
  const eventId = `${conversation.key}:${names.join(',')}`;
  const id = notificationId(SOURCE, eventId);
  const traceparent = members.find(({ notification }) => notification.traceparent !== undefined)?.notification
    .traceparent;
  return {
    id,
    type: DIGEST,
    source: SOURCE,
    eventId,
    time: now,
    acceptedAt: now,
    data: { ...data, id },
    to: [{ conversation: conversation.key }],
    delivery: deliveryOf(members, now),
    ...defined({ traceparent }),
  };
}

/** The first call for a digest. Made twice, it is one: the broker knows the message id. */
export function digestCall(
  id: Pick<WakeUpCall, 'notification' | 'conversation'>,
  traceparent: string | undefined,
): WakeUpCall {
  return { ...id, version: FIRST_VERSION, hop: 0, ...defined({ traceparent }) };
}

/**
 * Urgent ones and those that the person asked for come by themselves, and so does what begins a dialog or asks a question.
 * One whose result is unknown is repeated alone, so that the repeat can be marked.
 */
export function mayJoin({ row, notification }: Held, entryOf: EntryOf): boolean {
  const { urgent, mode } = notification.delivery;
  if (urgent || mode === DeliveryMode.interrupt || notification.type === DIGEST) return false;
  const entry = entryOf(notification.type);
  if (entry?.askedFor === true || entry?.question?.(notification.data) !== undefined) return false;
  return row.unconfirmed === 0;
}

/** In the order in which they came. */
export function byAge({ notification: a, row: x }: Held, { notification: b, row: y }: Held): number {
  const age = a.acceptedAt - b.acceptedAt || a.time - b.time || x.firstClaimedAt - y.firstClaimedAt;
  return age || (a.id < b.id ? -1 : 1);
}

/** The strictest of what its members ask for. */
function deliveryOf(members: readonly Held[], now: number): DeliveryOptions {
  const all = members.map(({ notification }) => notification.delivery);
  const waits = members.map(({ row, notification }) => row.waitUntil ?? now + notification.delivery.maxWait);
  const ends = all.map(({ expiresAt }) => expiresAt);
  const last = ends.includes(undefined) ? undefined : Math.max(...ends.map((at) => at ?? 0));
  return {
    // A dialog that begins right now holds it back once more, as long as it would hold back each of them.
    mode: all.every(({ mode }) => mode === DeliveryMode.wait) ? DeliveryMode.wait : DeliveryMode.adHoc,
    maxWait: Math.max(0, Math.min(...waits) - now),
    onDeadline: 'deliver',
    urgent: false,
    onUnconfirmed: all.some(({ onUnconfirmed }) => onUnconfirmed === 'park') ? 'park' : 'resend',
    ...defined({ expiresAt: last }),
  };
}
