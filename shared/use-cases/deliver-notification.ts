import { LONGEST_RETRYING, MOST_ATTEMPTS, retryDelay } from '../domain/backoff.ts';
import type { Conversation } from '../domain/conversation.ts';
import { type DeliveryResult, type DeliveryRow, Outcome, type OutcomeReason } from '../domain/delivery.ts';
import { judge, type Verdict } from '../domain/failure.ts';
import type { Notification } from '../domain/notification.ts';
import { afterSend, earliestSend, type RateLimit } from '../domain/pace.ts';
import { type Duration, type Instant, seconds } from '../domain/time.ts';
import type { WakeUpCall } from '../domain/wake-up-call.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { DueIndex } from '../ports/due-index.ts';
import type { DeliveryDesk, Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { SendResult } from '../ports/messenger.ts';
import type { NotificationStore } from '../ports/notification-store.ts';
import type { Pace } from '../ports/pace.ts';
import type { Pacer } from '../ports/pacer.ts';
import type { Parking } from '../ports/parking.ts';
import type { DeliveryQueue } from '../ports/queues.ts';
import type { Random } from '../ports/random.ts';
import { StoreUnavailable } from '../ports/store-errors.ts';
import { decidePolicy } from './decide-policy.ts';
import { parkDelivery } from './park-delivery.ts';
import { GRACE } from './plan-notification.ts';
import type { SendToPerson } from './send-to-person.ts';

/** A retry that comes this much before its time is taken as being on time. */
const EARLY: Duration = seconds(0.05);

/** A worker that loses a race reads again; so often, then the call comes back by itself. */
const MOST_RACES = 5;

/** What became of one wake-up call. Whatever it is, the message is done with. */
export type CallOutcome =
  | { readonly kind: 'recorded'; readonly result: DeliveryResult }
  /** The delivery has moved on since the call was made, or is unknown. */
  | { readonly kind: 'stale' }
  /** It has its outcome already. */
  | { readonly kind: 'settled' }
  /** A later call was made; nothing was sent. */
  | {
      readonly kind: 'put-off';
      readonly until: Instant;
      readonly why: 'lease' | 'early' | 'thread-limit' | 'pace' | 'race' | 'record' | 'moved';
    }
  /** A request failed and the next one is scheduled. */
  | { readonly kind: 'retrying'; readonly until: Instant };

export type DeliverNotification = (call: WakeUpCall) => Promise<CallOutcome>;

export interface DeliverDeps {
  readonly conversations: ConversationStore;
  readonly notifications: NotificationStore;
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly parking: Parking;
  readonly pacer: Pacer;
  readonly pace: Pace;
  readonly send: SendToPerson;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
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
    const now = deps.clock.now();
    if (row.leaseUntil !== undefined && now >= row.leaseUntil && (await deps.ledger.change(row)) === 'lost') {
      // This process stood still for longer than its claim held: whoever took over counts the repeat and records.
      return { kind: 'stale' };
    }
    if (sent.kind === 'sent') {
      return record(call, {
        ...resultOf(row, now, Outcome.delivered),
        ...(sent.activityId === undefined ? {} : { activityId: sent.activityId }),
      });
    }
    if (sent.kind === 'too-large') return record(call, resultOf(row, now, Outcome.rejected, 'too-large'));
    if (sent.kind === 'untrusted') {
      deps.log.error('delivery.untrusted-service-url', idsOf(call));
      return record(call, resultOf(row, now, Outcome.rejected, 'untrusted-service-url'));
    }
    const failed: DeliveryRow = {
      ...row,
      lastError: {
        class: sent.status === undefined ? 'network' : `http-${sent.status}`,
        code: sent.code.slice(0, 100),
      },
    };
    return afterFailure(call, failed, notification, conversation, judge(sent), sent);
  }

  async function afterFailure(
    call: WakeUpCall,
    row: DeliveryRow,
    notification: Notification,
    conversation: Conversation,
    verdict: Verdict,
    failure: Extract<SendResult, { readonly kind: 'failed' }>,
  ): Promise<CallOutcome> {
    const now = deps.clock.now();
    switch (verdict.kind) {
      case 'retry':
        if (verdict.scope === 'tenant' && verdict.after !== undefined) {
          await deps.pacer.holdBack(conversation.tenant, now + verdict.after);
        }
        return retry(call, row, notification, verdict.after);
      case 'unknown': {
        const unconfirmed = { ...row, unconfirmed: row.unconfirmed + 1 };
        return mayRepeat(row, notification)
          ? retry(call, unconfirmed, notification, failure.retryAfter)
          : giveUpUnconfirmed(call, unconfirmed);
      }
      case 'suppress':
        await deps.conversations.suppress(conversation.key, verdict.reason);
        return record(call, resultOf(row, now, Outcome.suppressed, verdict.reason));
      case 'recreate':
        return record(call, resultOf(row, now, Outcome.rejected, 'gone'));
      case 'final': {
        const result = resultOf(row, now, verdict.outcome, verdict.reason);
        if (verdict.loud) {
          deps.log.error('delivery.refused', { ...idsOf(call), status: failure.status, code: failure.code });
        }
        return record(call, result);
      }
    }
  }

  /** Order of writes: due entry, row with its new version, call. A crash in between leaves the due entry to the sweep. */
  async function retry(
    call: WakeUpCall,
    row: DeliveryRow,
    notification: Notification,
    retryAfter: Duration | undefined,
  ): Promise<CallOutcome> {
    const now = deps.clock.now();
    const dueAt = now + retryDelay(row.attempts, deps.random.next(), retryAfter);
    const { expiresAt } = notification.delivery;
    if (row.attempts >= MOST_ATTEMPTS || dueAt > row.firstClaimedAt + LONGEST_RETRYING) {
      await parkDelivery(deps, row, 'exhausted');
      return record(call, resultOf(row, now, Outcome.exhausted));
    }
    if (expiresAt !== undefined && dueAt >= expiresAt)
      return record(call, resultOf(row, now, Outcome.expired));

    const { leaseUntil: _over, ...rest } = row;
    const next: DeliveryRow = { ...rest, state: 'retrying', version: row.version + 1, dueAt };
    await deps.dueIndex.add({ at: dueAt + GRACE, kind: 'delivery', id: row.id });
    if ((await deps.ledger.change(next)) === 'lost') return { kind: 'stale' };
    await deps.ledger.recordPending(row.id, 'retrying', row.lastError?.code);
    const { slotAt: _slot, ...again } = call;
    await deps.deliveries.send([{ message: { ...again, version: next.version, hop: 0 }, at: dueAt }]);
    deps.log.info('delivery.retrying', {
      ...idsOf(call),
      attempt: row.attempts,
      code: row.lastError?.code,
      class: row.lastError?.class,
      delayMs: dueAt - now,
    });
    return { kind: 'retrying', until: dueAt };
  }

  async function giveUpUnconfirmed(call: WakeUpCall, row: DeliveryRow): Promise<CallOutcome> {
    await parkDelivery(deps, row, 'unconfirmed');
    return record(call, resultOf(row, deps.clock.now(), Outcome.unconfirmed));
  }

  async function putOff(
    call: WakeUpCall,
    until: Instant,
    why: Extract<CallOutcome, { readonly kind: 'put-off' }>['why'],
  ): Promise<CallOutcome> {
    await deps.deliveries.send([{ message: { ...call, hop: call.hop + 1 }, at: until }]);
    return { kind: 'put-off', until, why };
  }

  /**
   * The outcome. If the store is away just now, what is known of the request travels in the next call: forgetting it
   * would tell the person twice.
   */
  async function record(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome> {
    try {
      await deps.ledger.record(call, result);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      const at = deps.clock.now() + retryDelay(Math.min(call.hop + 1, 6), deps.random.next());
      await deps.deliveries.send([{ message: { ...call, hop: call.hop + 1, sent: result }, at }]);
      deps.log.warn('delivery.record-put-off', { ...idsOf(call), operation: cause.operation });
      return { kind: 'put-off', until: at, why: 'record' };
    }
    deps.log.info('delivery.outcome', {
      ...idsOf(call),
      outcome: result.outcome,
      reason: result.reason,
      attempts: result.attempts,
      repeats: result.repeats,
      class: result.lastError?.class,
      code: result.lastError?.code,
    });
    return { kind: 'recorded', result };
  }
}

/** Whether a send may follow one whose result is unknown: under `resend`, and only once. */
function mayRepeat(row: DeliveryRow, notification: Notification): boolean {
  return notification.delivery.onUnconfirmed === 'resend' && row.unconfirmed === 0;
}

function resultOf(row: DeliveryRow, at: Instant, outcome: Outcome, reason?: OutcomeReason): DeliveryResult {
  return {
    outcome,
    at,
    attempts: row.attempts,
    repeats: repeatsOf(row, outcome),
    ...(reason === undefined ? {} : { reason }),
    ...(row.lastError === undefined ? {} : { lastError: row.lastError }),
  };
}

/** Sends that followed one whose result was unknown. The last of an unconfirmed delivery was followed by none. */
function repeatsOf({ unconfirmed }: DeliveryRow, outcome: Outcome): number {
  if (outcome === Outcome.delivered) return Math.min(unconfirmed, 1);
  return outcome === Outcome.unconfirmed ? Math.max(0, unconfirmed - 1) : 0;
}

function idsOf(call: WakeUpCall): { readonly [name: string]: string | undefined } {
  return { notification: call.notification, conversation: call.conversation, traceparent: call.traceparent };
}
