import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import {
  earliestSend,
  isMoving,
  LINE_PATIENCE,
  lineEnd,
  type RateLimit,
} from '../../domain/delivery/pace.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { type Instant, minutes, seconds } from '../../domain/time.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { DeliveryDesk, Ledger } from '../../ports/delivery/ledger.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import type { Random } from '../../ports/random.ts';
import { GRACE } from '../intake/plan-notification.ts';
import type { CallOutcome } from './conclude-delivery.ts';
import { restingRow } from './resting-row.ts';

/** Those whom others came before at their own moment try again within so much of the room that there is next. */
const SPREAD = seconds(1);

/** What cannot have room before it expires is looked at when it has, not all at the same moment. */
const EXPIRED_SPREAD = minutes(1);

/**
 * Keeps requests into one conversation below its limits. Who finds no room takes a moment of its own at the end of the
 * conversation's line, wakes then and not before, and finds room: so each is looked at twice or three times, however many
 * wait. Who comes later goes behind those in line.
 *
 * Gives `undefined` when the request may be made, `lost` when somebody else wrote the delivery's row, else that the call
 * was put off. Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | the moment | a moment that nobody uses; the call at hand comes again |
 * | due entry | an entry that the sweep finds to be over |
 * | row: `retrying`, next version | a delivery without a call, that the sweep wakes |
 * | call for the moment | |
 *
 * The row tells a copy of the call, and the sweep, that the delivery has its moment. A worker that knows no line takes it
 * for a retry.
 */
export type WaitInLine = (
  call: WakeUpCall,
  waiting: {
    readonly notification: Notification;
    readonly row: DeliveryRow | undefined;
    readonly desk: DeliveryDesk;
    readonly now: Instant;
  },
) => Promise<CallOutcome | 'lost' | undefined>;

export function waitInLine(deps: {
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly random: Random;
  readonly threadLimits: readonly RateLimit[];
}): WaitInLine {
  return async (call, { notification, row, desk, now }) => {
    const { windows: sent, line } = desk;
    const room = earliestSend(sent, deps.threadLimits, now);
    const moment = row?.state === 'retrying' ? row.dueAt : undefined;
    const isBehindOthers = moment === undefined && lineEnd(line, now) !== undefined && isMoving(sent, now);
    if (room <= now && !isBehindOthers) return undefined;
    // A reply or a late one came before it: it stays near its moment. Many of them have stood still, and line up anew.
    if (moment !== undefined && room - moment < LINE_PATIENCE) {
      const until = Math.ceil(room + deps.random.next() * SPREAD);
      await deps.deliveries.send([{ message: { ...call, hop: call.hop + 1 }, at: until }]);
      return putOff(until);
    }

    const { expiresAt = Number.POSITIVE_INFINITY } = notification.delivery;
    const isTooLate = Math.max(room, lineEnd(line, now) ?? room) >= expiresAt;
    const until = isTooLate
      ? Math.ceil(expiresAt + deps.random.next() * EXPIRED_SPREAD)
      : await deps.ledger.lineUp(call.conversation, { sent, limits: deps.threadLimits, now });
    const next: DeliveryRow = { ...restingRow(call, row, now), state: 'retrying', dueAt: until };
    await deps.dueIndex.add({ at: until + GRACE, kind: 'delivery', id: next.id });
    if ((await deps.ledger.change(next)) === 'lost') return 'lost';
    const { slotAt: _slot, learned: _none, ...again } = call;
    await deps.deliveries.send([{ message: { ...again, version: next.version, hop: 0 }, at: until }]);
    return putOff(until);
  };
}

function putOff(until: Instant): CallOutcome {
  return { kind: 'put-off', until, why: 'thread-limit' };
}
