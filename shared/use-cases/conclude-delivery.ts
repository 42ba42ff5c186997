import { LONGEST_RETRYING, MOST_ATTEMPTS, retryDelay } from '../domain/backoff.ts';
import type { Conversation } from '../domain/conversation.ts';
import { type DeliveryResult, type DeliveryRow, Outcome, type OutcomeReason } from '../domain/delivery.ts';
import { judge, type Verdict } from '../domain/failure.ts';
import type { Notification } from '../domain/notification.ts';
import type { Duration, Instant } from '../domain/time.ts';
import type { WakeUpCall } from '../domain/wake-up-call.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { DueIndex } from '../ports/due-index.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { SendResult } from '../ports/messenger.ts';
import type { Pacer } from '../ports/pacer.ts';
import type { Parking } from '../ports/parking.ts';
import type { DeliveryQueue } from '../ports/queues.ts';
import type { Random } from '../ports/random.ts';
import { StoreUnavailable } from '../ports/store-errors.ts';
import { parkDelivery } from './park-delivery.ts';
import { GRACE } from './plan-notification.ts';
import type { SendToPerson } from './send-to-person.ts';

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

export interface ConcludeDeps {
  readonly conversations: ConversationStore;
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly parking: Parking;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** How a delivery goes on once it is claimed: it ends with an outcome, or its next request is scheduled. */
export interface ConcludeDelivery {
  /** The final record. */
  record(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome>;
  /** After the one request was made under the claim `row`. */
  afterRequest(
    call: WakeUpCall,
    row: DeliveryRow,
    sent: Awaited<ReturnType<SendToPerson>>,
    about: { readonly notification: Notification; readonly conversation: Conversation },
  ): Promise<CallOutcome>;
  /** The result is unknown and no further request may be made: final, and parked for an operator. */
  giveUpUnconfirmed(call: WakeUpCall, row: DeliveryRow): Promise<CallOutcome>;
}

/** Throws `StoreUnavailable` or `QueueUnavailable`; the claim then runs out, and its lease decides. */
export function concludeDelivery(deps: ConcludeDeps): ConcludeDelivery {
  return { record, afterRequest, giveUpUnconfirmed };

  async function afterRequest(
    call: WakeUpCall,
    row: DeliveryRow,
    sent: Awaited<ReturnType<SendToPerson>>,
    about: { readonly notification: Notification; readonly conversation: Conversation },
  ): Promise<CallOutcome> {
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
    return afterFailure(call, failed, about, sent);
  }

  async function afterFailure(
    call: WakeUpCall,
    row: DeliveryRow,
    {
      notification,
      conversation,
    }: { readonly notification: Notification; readonly conversation: Conversation },
    failure: Extract<SendResult, { readonly kind: 'failed' }>,
  ): Promise<CallOutcome> {
    const now = deps.clock.now();
    const verdict: Verdict = judge(failure);
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
export function mayRepeat(row: DeliveryRow, notification: Notification): boolean {
  return notification.delivery.onUnconfirmed === 'resend' && row.unconfirmed === 0;
}

/** The outcome of the delivery that `row` is about. */
export function resultOf(
  row: DeliveryRow,
  at: Instant,
  outcome: Outcome,
  reason?: OutcomeReason,
): DeliveryResult {
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

/** What names the delivery in a log line. */
export function idsOf(call: WakeUpCall): { readonly [name: string]: string | undefined } {
  return { notification: call.notification, conversation: call.conversation, traceparent: call.traceparent };
}
