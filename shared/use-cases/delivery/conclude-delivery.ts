import type { Conversation } from '../../domain/conversation/conversation.ts';
import { LONGEST_RETRYING, MOST_ATTEMPTS, retryDelay } from '../../domain/delivery/backoff.ts';
import {
  type DeferralReason,
  type DeliveryResult,
  type DeliveryRow,
  Outcome,
} from '../../domain/delivery/delivery.ts';
import { judge, type Verdict } from '../../domain/delivery/failure.ts';
import { type Answer, errorOf, type Learned } from '../../domain/delivery/learned.ts';
import { oneMore, waitAfter } from '../../domain/delivery/undeciphered.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { type Duration, type Instant, isFarAhead } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import type { Random } from '../../ports/random.ts';
import { parkDelivery } from './park-delivery.ts';
import { mayRepeat, resultOf } from './result-of.ts';
import { retryDelivery } from './retry-delivery.ts';
import { travelOn } from './travel-on.ts';

/** What became of one wake-up call. Whatever it is, the message is done with. */
export type CallOutcome =
  | { readonly kind: 'recorded'; readonly result: DeliveryResult }
  /** The delivery has moved on since the call was made, or is unknown. */
  | { readonly kind: 'stale' }
  /** It has its outcome already. */
  | { readonly kind: 'settled' }
  /** A later call was made; nothing was sent, or (`record`) what is known of it travels in that call. */
  | {
      readonly kind: 'put-off';
      readonly until: Instant;
      readonly why: 'lease' | 'early' | 'thread-limit' | 'pace' | 'race' | 'record' | 'moved';
    }
  /** It may not go out yet: it is looked at again at `until`, or when the reason ends. */
  | { readonly kind: 'deferred'; readonly until: Instant; readonly reason: DeferralReason }
  /** It became part of a digest, which is a delivery of its own. */
  | { readonly kind: 'joined' }
  /** A request failed and the next one is scheduled. */
  | { readonly kind: 'retrying'; readonly until: Instant };

export interface ConcludeDeps {
  readonly conversations: ConversationStore;
  readonly notifications: NotificationStore;
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly parking: Parking;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly claimLease: Duration;
}

/** Whom a delivery is to, and what. */
interface About {
  readonly notification: Notification;
  /** `undefined` when it was forgotten meanwhile. */
  readonly conversation: Conversation | undefined;
}

type LearnedAnswer = Extract<Learned, { readonly kind: 'answer' }>;

/**
 * How a delivery goes on once it is claimed: it ends with an outcome, or its next request is scheduled.
 *
 * What is known by then is never forgotten: while the store or the queue is away, it travels in the next call and is
 * concluded by `resume`. Throws `QueueUnavailable` when that call could not be made either; the claim then runs out,
 * and its lease decides.
 */
export interface ConcludeDelivery {
  /** The final record; what can be replayed is parked. */
  record(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome>;
  /** The final record of a delivery that ended as another one did, which is parked in its place where it is. */
  follow(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome>;
  /** After the one request was made, or refused by ourselves, under the claim `row`. */
  afterRequest(
    call: WakeUpCall,
    row: DeliveryRow,
    answer: Answer,
    about: { readonly notification: Notification; readonly conversation: Conversation },
  ): Promise<CallOutcome>;
  /** Goes on where a worker had to stop. What others did with the delivery since stands. */
  resume(call: WakeUpCall, learned: Learned): Promise<CallOutcome>;
  /**
   * The result is unknown and no further request may be made: final, and parked for an operator. Throws
   * `StoreUnavailable`; the row stays as it is, so the next call comes to the same end.
   */
  giveUpUnconfirmed(call: WakeUpCall, row: DeliveryRow): Promise<CallOutcome>;
}

export function concludeDelivery(deps: ConcludeDeps): ConcludeDelivery {
  const orTravel = travelOn(deps);
  const retrying = retryDelivery(deps);
  return { record, follow, afterRequest, resume, giveUpUnconfirmed };

  function record(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome> {
    return orTravel(call, { kind: 'result', result }, () => write(call, result));
  }

  function follow(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome> {
    return orTravel(call, { kind: 'result', result }, () => note(call, result));
  }

  function afterRequest(
    call: WakeUpCall,
    row: DeliveryRow,
    answer: Answer,
    about: { readonly notification: Notification; readonly conversation: Conversation },
  ): Promise<CallOutcome> {
    const learned: LearnedAnswer = {
      kind: 'answer',
      attempts: row.attempts,
      at: deps.clock.now(),
      answer,
    };
    return orTravel(call, learned, () => conclude(call, row, learned, about));
  }

  function resume(call: WakeUpCall, learned: Learned): Promise<CallOutcome> {
    return orTravel(call, learned, async () => {
      const row = await deps.ledger.row(call);
      if (learned.kind === 'result') {
        // A replay may have opened the delivery again since: the old outcome must not close it.
        const isOpenAgain = row !== undefined && row.version > call.version;
        if (isOpenAgain) return { kind: 'stale' };
        return row?.state === 'moved' ? note(call, learned.result) : write(call, learned.result);
      }
      // Attempts rise with each request, so they name the one that the answer is of.
      if (row?.attempts !== learned.attempts) return { kind: 'stale' };
      if (row.version === call.version + 1 && row.state === 'retrying') {
        await retrying.callAgain(call, row);
        return { kind: 'retrying', until: row.dueAt ?? deps.clock.now() };
      }
      if (row.version !== call.version || row.state !== 'claimed') return { kind: 'stale' };
      if ((await deps.ledger.result(call)) !== undefined) return { kind: 'settled' };
      const [notification, conversation] = await Promise.all([
        deps.notifications.find(call.notification),
        deps.conversations.find(call.conversation),
      ]);
      if (notification === undefined) return { kind: 'stale' };
      // The worker that learned it may have a clock that is wrong.
      const at = Math.min(learned.at, deps.clock.now());
      return conclude(call, row, { ...learned, at }, { notification, conversation });
    });
  }

  /** Each write may be repeated, so that it can begin anew after any of them failed. */
  async function conclude(
    call: WakeUpCall,
    claimed: DeliveryRow,
    { at, answer }: LearnedAnswer,
    about: About,
  ): Promise<CallOutcome> {
    const row = await held(claimed);
    // This process stood still for longer than its claim held: whoever took over counts the repeat and records.
    if (row === 'lost') return { kind: 'stale' };
    switch (answer.kind) {
      case 'sent':
        return write(call, {
          ...resultOf(row, at, Outcome.delivered),
          ...(answer.activityId === undefined ? {} : { activityId: answer.activityId }),
        });
      case 'too-large':
        return write(call, resultOf(row, at, Outcome.rejected, 'too-large'));
      case 'untrusted':
        deps.log.error('delivery.untrusted-service-url', idsOf(call));
        return write(call, resultOf(row, at, Outcome.rejected, 'untrusted-service-url'));
      case 'failed': {
        const failed = { ...row, lastError: errorOf(answer) };
        return afterFailure(call, failed, { at, answer }, about);
      }
    }
  }

  /** The claim, held for long enough to write under it; `lost` when somebody took it over. */
  async function held(row: DeliveryRow): Promise<DeliveryRow | 'lost'> {
    const now = deps.clock.now();
    if (row.leaseUntil === undefined || now < row.leaseUntil) return row;
    return deps.ledger.change({ ...row, leaseUntil: now + deps.claimLease });
  }

  async function afterFailure(
    call: WakeUpCall,
    row: DeliveryRow,
    { at, answer }: { readonly at: Instant; readonly answer: Extract<Answer, { readonly kind: 'failed' }> },
    { notification, conversation }: About,
  ): Promise<CallOutcome> {
    const verdict = judge(answer);
    // Said once of each delivery, and again by what is parked when nobody mends it.
    if ('loud' in verdict && verdict.loud && row.attempts === 1) {
      const { status, code, meaning } = answer;
      deps.log.error('delivery.refused', { ...idsOf(call), status, code, meaning });
    }
    switch (verdict.kind) {
      case 'retry':
        if (verdict.scope === 'tenant' && verdict.after !== undefined && conversation !== undefined) {
          await deps.pacer.holdBack(conversation.tenant, at + verdict.after, deps.clock.now());
        }
        return retry(call, row, notification, { at, after: verdict.after });
      case 'undeciphered': {
        const undeciphered = oneMore(row.undeciphered, at);
        return retry(call, { ...row, undeciphered }, notification, { at, after: waitAfter(undeciphered) });
      }
      case 'unknown': {
        const unconfirmed = { ...row, unconfirmed: row.unconfirmed + 1 };
        return mayRepeat(row, notification)
          ? retry(call, unconfirmed, notification, { at, after: answer.retryAfter })
          : giveUpUnconfirmed(call, unconfirmed);
      }
      case 'suppress':
        await suppress(conversation, verdict, at);
        return write(call, resultOf(row, at, Outcome.suppressed, verdict.reason));
      case 'recreate':
        return write(call, resultOf(row, at, Outcome.rejected, 'gone'));
      case 'final':
        return write(call, resultOf(row, at, verdict.outcome, verdict.reason));
    }
  }

  /** Resumed late, it must not silence somebody who has come back since; a record from a far future says nothing of it. */
  async function suppress(
    conversation: Conversation | undefined,
    { reason }: Extract<Verdict, { readonly kind: 'suppress' }>,
    at: Instant,
  ): Promise<void> {
    if (conversation === undefined) return;
    const { key, suppressed, changedAt } = conversation;
    if (suppressed !== undefined || changedAt <= at || isFarAhead(changedAt, at)) {
      await deps.conversations.suppress(key, reason);
    }
  }

  /** Another request, unless there have been enough of them or it would come too late. */
  async function retry(
    call: WakeUpCall,
    row: DeliveryRow,
    notification: Notification,
    failed: { readonly at: Instant; readonly after: Duration | undefined },
  ): Promise<CallOutcome> {
    const dueAt = failed.at + retryDelay(row.attempts, deps.random.next(), failed.after);
    const { expiresAt } = notification.delivery;
    if (row.attempts >= MOST_ATTEMPTS || dueAt > row.firstClaimedAt + LONGEST_RETRYING) {
      return write(call, resultOf(row, failed.at, Outcome.exhausted));
    }
    if (expiresAt !== undefined && dueAt >= expiresAt)
      return write(call, resultOf(row, failed.at, Outcome.expired));
    return (await retrying.schedule(call, row, dueAt)) === 'lost'
      ? { kind: 'stale' }
      : { kind: 'retrying', until: dueAt };
  }

  async function giveUpUnconfirmed(call: WakeUpCall, row: DeliveryRow): Promise<CallOutcome> {
    return write(call, resultOf(row, deps.clock.now(), Outcome.unconfirmed));
  }

  /** Parked first: whoever dies in between comes to the same end again. */
  async function write(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome> {
    await parkDelivery(deps, call, result);
    return note(call, result);
  }

  async function note(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome> {
    await deps.ledger.record(call, result);
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

/** What names the delivery in a log line. */
export function idsOf(call: WakeUpCall): { readonly [name: string]: string | undefined } {
  return { notification: call.notification, conversation: call.conversation, traceparent: call.traceparent };
}
