import { retryDelay } from '../domain/backoff.ts';
import type { Conversation } from '../domain/conversation.ts';
import { type DeliveryRow, Outcome } from '../domain/delivery.ts';
import type { Notification } from '../domain/notification.ts';
import { afterSend, earliestSend, type RateLimit } from '../domain/pace.ts';
import { type Duration, type Instant, seconds } from '../domain/time.ts';
import type { WakeUpCall } from '../domain/wake-up-call.ts';
import type { DeliveryDesk } from '../ports/ledger.ts';
import type { NotificationStore } from '../ports/notification-store.ts';
import type { Pace } from '../ports/pace.ts';
import {
  type CallOutcome,
  type ConcludeDeps,
  concludeDelivery,
  idsOf,
  mayRepeat,
  resultOf,
} from './conclude-delivery.ts';
import { decidePolicy } from './decide-policy.ts';
import type { SendToPerson } from './send-to-person.ts';

/** A retry that comes this much before its time is taken as being on time. */
const EARLY: Duration = seconds(0.05);

/** A worker that loses a race reads again; so often, then the call comes back by itself. */
const MOST_RACES = 5;

export type DeliverNotification = (call: WakeUpCall) => Promise<CallOutcome>;

export interface DeliverDeps extends ConcludeDeps {
  readonly notifications: NotificationStore;
  readonly pace: Pace;
  readonly send: SendToPerson;
  readonly threadLimits: readonly RateLimit[];
  readonly claimLease: Duration;
}

/**
 * Answers a wake-up call: looks at the delivery, claims it, makes at most one request and records what came of it.
 *
 * Everything that can say no is asked before the claim, so that after a claim only the request itself can be unknown.
 * Throws `StoreUnavailable` or `QueueUnavailable`; the call then has to come back, and repeating it is harmless: if the
 * request was already made, the claim is found and its lease decides.
 */
export function deliverNotification(deps: DeliverDeps): DeliverNotification {
  const concluding = concludeDelivery(deps);
  const { record, giveUpUnconfirmed } = concluding;

  return async (call) => {
    if (call.sent !== undefined) {
      // A replay may have opened the delivery again since: the old outcome must not close it.
      const row = await deps.ledger.row(call);
      return row !== undefined && row.version > call.version ? { kind: 'stale' } : record(call, call.sent);
    }

    const notification = await deps.notifications.find(call.notification);
    if (notification === undefined) {
      deps.log.error('delivery.unknown-notification', idsOf(call));
      return { kind: 'stale' };
    }

    // Nobody looks for the row on the first call: if there is one, the claim will say so.
    let row = call.version > 0 || call.hop > 0 ? await deps.ledger.row(call) : undefined;
    for (let race = 0; race < MOST_RACES; race += 1) {
      const now = deps.clock.now();
      if (row === undefined && call.version > 0) return { kind: 'stale' };
      if (row !== undefined) {
        const stop = await stopAt(row, call, notification, now);
        if (stop !== undefined) return stop;
      }
      const desk = await deps.ledger.desk(call.conversation);

      const decided = decidePolicy(notification, desk.conversation, now);
      if (decided.kind === 'final') {
        const claimed = await deps.ledger.claim(claimRow(call, row, now, { request: false }));
        if (claimed !== 'lost') return record(call, resultOf(claimed, now, decided.outcome, decided.reason));
        row = await deps.ledger.row(call);
        continue;
      }
      const { conversation } = decided;

      const earliest = earliestSend(desk.windows, deps.threadLimits, now);
      if (earliest > now) return putOff(call, earliest, 'thread-limit');
      const turn = await deps.pace.takeTurn(conversation.tenant, call.slotAt);
      if (turn !== 'go') return putOff({ ...call, slotAt: turn.at }, turn.at, 'pace');

      const claimed = await claim(call, row, desk, notification);
      if (claimed !== 'lost') return request(call, claimed, notification, conversation);
      row = await deps.ledger.row(call);
    }
    // Many workers at one conversation: come back when they are through.
    return putOff(call, deps.clock.now() + retryDelay(1, deps.random.next()), 'race');
  };

  /** Looks at a row that is there: says what to do instead of sending, or `undefined` when it may be claimed. */
  async function stopAt(
    row: DeliveryRow,
    call: WakeUpCall,
    notification: Notification,
    now: Instant,
  ): Promise<CallOutcome | undefined> {
    if (row.version > call.version) return { kind: 'stale' };
    if ((await deps.ledger.result(call)) !== undefined) return { kind: 'settled' };
    if (row.state === 'moved') return followMoved(call, row, now);
    if (row.state !== 'claimed') {
      return row.dueAt !== undefined && row.dueAt > now + EARLY
        ? putOff(call, row.dueAt, 'early')
        : undefined;
    }
    if (row.leaseUntil !== undefined && row.leaseUntil > now) {
      // Throwing instead would burn the message's deliveries within seconds.
      return putOff(call, row.leaseUntil + seconds(1), 'lease');
    }
    // The lease ran out and nobody recorded anything: the person may have seen it.
    return mayRepeat(row, notification)
      ? undefined
      : giveUpUnconfirmed(call, { ...row, unconfirmed: row.unconfirmed + 1 });
  }

  /** The message goes to the new conversation in the name of the old one: what becomes of it there holds here too. */
  async function followMoved(call: WakeUpCall, row: DeliveryRow, now: Instant): Promise<CallOutcome> {
    if (row.movedFrom === undefined) return record(call, resultOf(row, now, Outcome.delivered));
    const told = await deps.ledger.result({ notification: call.notification, conversation: row.movedFrom });
    return told === undefined ? putOff(call, now + deps.claimLease, 'moved') : record(call, told);
  }

  async function claim(
    call: WakeUpCall,
    row: DeliveryRow | undefined,
    desk: DeliveryDesk,
    notification: Notification,
  ): Promise<DeliveryRow | 'lost'> {
    const now = deps.clock.now();
    return deps.ledger.claim(claimRow(call, row, now, { request: true }), {
      next: afterSend(desk.windows, now, !notification.delivery.urgent),
      ...(desk.windowsTag === undefined ? {} : { tag: desk.windowsTag }),
    });
  }

  function claimRow(
    call: WakeUpCall,
    row: DeliveryRow | undefined,
    now: Instant,
    { request }: { readonly request: boolean },
  ): DeliveryRow {
    const abandoned = row?.state === 'claimed';
    return {
      id: { notification: call.notification, conversation: call.conversation },
      version: row?.version ?? 0,
      state: 'claimed',
      leaseUntil: now + deps.claimLease,
      attempts: (row?.attempts ?? 0) + (request ? 1 : 0),
      unconfirmed: (row?.unconfirmed ?? 0) + (abandoned ? 1 : 0),
      firstClaimedAt: row?.firstClaimedAt ?? now,
      ...(row?.dueAt === undefined ? {} : { dueAt: row.dueAt }),
      ...(row?.lastError === undefined ? {} : { lastError: row.lastError }),
      ...(row?.etag === undefined ? {} : { etag: row.etag }),
    };
  }

  /** The one request. From here until the record the result is ours alone to know. */
  async function request(
    call: WakeUpCall,
    row: DeliveryRow,
    notification: Notification,
    conversation: Conversation,
  ): Promise<CallOutcome> {
    const sent = await deps.send(notification, conversation);
    return concluding.afterRequest(call, row, sent, { notification, conversation });
  }

  async function putOff(
    call: WakeUpCall,
    until: Instant,
    why: Extract<CallOutcome, { readonly kind: 'put-off' }>['why'],
  ): Promise<CallOutcome> {
    await deps.deliveries.send([{ message: { ...call, hop: call.hop + 1 }, at: until }]);
    return { kind: 'put-off', until, why };
  }
}
