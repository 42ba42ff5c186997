import { DIGEST } from '../../catalog/digest.ts';
import { MOST_MEMBERS } from '../../catalog/pack-digest.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import {
  DeliveryMode,
  type DeliveryOptions,
  type JsonObject,
  type Notification,
} from '../../domain/event/notification.ts';
import { notificationId } from '../../domain/ids.ts';
import { entryOf } from '../../kinds/catalog.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { DeliveryDesk, Ledger } from '../../ports/delivery/ledger.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import { readParticulars } from '../delivery/read-particulars.ts';
import { GRACE } from '../intake/plan-notification.ts';
import { decideAlone, type HoldingSettings } from './decide-policy.ts';
import { type Held, packHeld } from './pack-held.ts';
import { zoneOf } from './quiet-hours.ts';
import type { StillSubscribed } from './still-subscribed.ts';

/** Where digests come from, as other notifications come from their event's source. */
const SOURCE = '/digests';

/** Notifications read at the same time. */
const READ_AT_ONCE = 16;

/** The version of a digest's row when it is made: the first call may not take the delivery for one without a row. */
const FIRST_VERSION = 1;

/**
 * Looks whether others of the conversation are let go together with a deferred delivery, and joins them into a digest:
 * `alone` when there are none, `lost` when one of them was written by somebody else meanwhile.
 */
export type FormDigest = (
  call: WakeUpCall,
  held: Held,
  desk: DeliveryDesk & { readonly conversation: Conversation },
) => Promise<'joined' | 'alone' | 'lost'>;

/**
 * A digest is a delivery like any other, of a notification that the app itself makes; its members are part of that
 * notification, which never changes. The rows of all of them are changed by one transaction, so each is in one digest
 * at most, whoever else has the same idea at the same moment.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | notification of the digest | one that nobody is told |
 * | due entry | an entry that the sweep finds to be over |
 * | digest's row with its members' rows | a digest without a call: the call at hand comes again and makes it, or the sweep |
 * | call | a digest under way |
 * | its report | a report that is only seen when the outcome comes |
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function formDigest(deps: {
  readonly ledger: Ledger;
  readonly notifications: NotificationStore;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly holding: HoldingSettings;
  readonly stillSubscribed: StillSubscribed;
  readonly particulars: ParticularsStore;
}): FormDigest {
  const withParticulars = readParticulars(deps);

  return async (call, held, desk) => {
    if (!mayJoin(held)) return 'alone';
    const others = await ready(held, desk);
    if (others.length === 0) return 'alone';
    const candidates = await full([held, ...others.slice(0, MOST_MEMBERS - 1)].sort(byAge));

    const now = deps.clock.now();
    const { members, data } = packHeld(candidates, {
      needed: held.notification.id,
      reader: {
        channelId: desk.conversation.channelId,
        locale: desk.conversation.locale ?? 'en',
        timeZone: zoneOf(desk.preferences, desk.conversation, deps.holding.defaultTimeZone),
        now,
      },
    });
    // Nobody fits beside it: it goes by itself, and is cut where it has to be.
    if (members.length <= 1) return 'alone';
    const isFull = members.length <= others.length;
    const notification = digestOf(
      members,
      { ...data, ...(isFull ? { isFull } : {}) },
      desk.conversation,
      now,
    );
    const id = { notification: notification.id, conversation: call.conversation };
    await deps.notifications.accept(notification);
    await deps.dueIndex.add({ at: now + GRACE, kind: 'delivery', id });
    const joined = await deps.ledger.join(
      {
        id,
        version: FIRST_VERSION,
        state: 'retrying',
        dueAt: now,
        attempts: 0,
        unconfirmed: 0,
        firstClaimedAt: now,
      },
      members.map(({ row: { dueAt: _due, ...row } }) => ({
        ...row,
        version: row.version + 1,
        state: 'joined',
        digest: notification.id,
      })),
    );
    if (joined === 'lost') return 'lost';
    await deps.deliveries.send([{ message: digestCall(id, notification.traceparent) }]);
    await deps.ledger.address(notification.id, [call.conversation]);
    await deps.notifications.markPlanned(notification.id);
    deps.log.info('digest.formed', {
      digest: notification.id,
      conversation: call.conversation,
      traceparent: notification.traceparent,
      members: members.length,
    });
    return 'joined';
  };

  /**
   * Those of the conversation that the policy lets go now, the ones that were held back first, and one more than a
   * digest takes where there are so many. What the others are waiting for goes on.
   */
  async function ready(
    { row: own }: Held,
    desk: DeliveryDesk & { readonly conversation: Conversation },
  ): Promise<readonly Held[]> {
    const rows = (await deps.ledger.deferred(desk.conversation.key))
      .filter(({ id }) => id.notification !== own.id.notification)
      .sort((a, b) => a.firstClaimedAt - b.firstClaimedAt);
    const going: Held[] = [];
    for (let start = 0; start < rows.length && going.length < MOST_MEMBERS; start += READ_AT_ONCE) {
      const block = rows.slice(start, start + READ_AT_ONCE);
      const read = await Promise.all(block.map(({ id }) => deps.notifications.find(id.notification)));
      const found = block.flatMap((row, index) => {
        const notification = read[index];
        return notification === undefined ? [] : [{ row, notification }];
      });
      going.push(...(await released(found, desk)));
    }
    return going;
  }

  async function released(
    found: readonly Held[],
    desk: DeliveryDesk & { readonly conversation: Conversation },
  ): Promise<readonly Held[]> {
    const now = deps.clock.now();
    const going = found.filter(
      (held) => mayJoin(held) && decideAlone({ ...held, desk, now }, deps.holding).kind === 'send',
    );
    const wanted = await deps.stillSubscribed(
      desk.conversation,
      going.map(({ notification }) => notification),
    );
    return going.filter(({ notification }) => wanted.has(notification.id));
  }

  /** With what each says to this conversation only. */
  function full(members: readonly Held[]): Promise<readonly Held[]> {
    return Promise.all(
      members.map(async ({ row, notification }) => ({
        row,
        notification: await withParticulars(notification, row.id.conversation),
      })),
    );
  }
}

function digestOf(
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
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** The first call for a digest. Made twice, it is one: the broker knows the message id. */
export function digestCall(
  id: Pick<WakeUpCall, 'notification' | 'conversation'>,
  traceparent: string | undefined,
): WakeUpCall {
  return { ...id, version: FIRST_VERSION, hop: 0, ...(traceparent === undefined ? {} : { traceparent }) };
}

/**
 * Urgent ones and those that the person asked for come by themselves, and so does what begins a dialog or asks a question.
 * One whose result is unknown is repeated alone, so that the repeat can be marked.
 */
function mayJoin({ row, notification }: Held): boolean {
  const { urgent, mode } = notification.delivery;
  if (urgent || mode === DeliveryMode.interrupt || notification.type === DIGEST) return false;
  const entry = entryOf(notification.type);
  if (entry?.askedFor === true || entry?.question?.(notification.data) !== undefined) return false;
  return row.unconfirmed === 0;
}

/** In the order in which they came. */
function byAge({ notification: a, row: x }: Held, { notification: b, row: y }: Held): number {
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
    ...(last === undefined ? {} : { expiresAt: last }),
  };
}
