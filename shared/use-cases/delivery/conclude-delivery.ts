import type { Conversation } from '../../domain/conversation/conversation.ts';
import {
  type DeliveryResult,
  type DeliveryRow,
  isReplayable,
  Outcome,
  resultOf,
} from '../../domain/delivery/delivery.ts';
import type { Answer, Learned } from '../../domain/delivery/learned.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { Living } from '../../domain/living/living.ts';
import { isFarAhead } from '../../domain/time.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';
import { type OpenedDeps, rememberOpened } from '../conversation/remember-opened.ts';
import { madeBy, noteRequest } from '../living/note-state.ts';
import { decide } from './decide.ts';
import type { CallOutcome, Ending, Rules, Suppression } from './decision.ts';
import { callsLater, idsOf, type LaterDeps, orLater } from './later.ts';
import { parkDelivery } from './park-delivery.ts';

export interface ConcludeDeps extends LaterDeps, OpenedDeps {
  readonly notifications: NotificationStore;
  readonly parking: Parking;
  readonly pacer: Pacer;
  readonly living: LivingStore;
}

/** Whom a delivery is to, and what. */
interface About {
  readonly notification: Notification;
  /** `undefined` when it was forgotten meanwhile. */
  readonly conversation: Conversation | undefined;
  /** The row of its key as the claim wrote it; absent where it is not known, or there is none. */
  readonly living?: Living | undefined;
}

type LearnedAnswer = Extract<Learned, { readonly kind: 'answer' }>;

/**
 * How a delivery goes on once it is claimed: it ends with an outcome, or its next request is scheduled.
 *
 * What is known by then is never forgotten: while the store or the queue is away, it travels in a later call and is
 * concluded by `resume`. Throws `QueueUnavailable` when that call could not be made either; the claim then runs out,
 * and its lease decides.
 */
export interface ConcludeDelivery {
  /** The final record; what can be replayed is parked. */
  record(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome>;
  /** The final record of a delivery that ended as another one did, which is parked in its place where it is. */
  follow(call: WakeUpCall, result: DeliveryResult): Promise<CallOutcome>;
  /** After the one request was made, or refused by ourselves, under the claim `row`. */
  afterRequest(call: WakeUpCall, row: DeliveryRow, answer: Answer, about: About): Promise<CallOutcome>;
  /** Goes on where a worker had to stop. What others did with the delivery since stands. */
  resume(call: WakeUpCall, learned: Learned): Promise<CallOutcome>;
  /**
   * The result is unknown and no further request may be made: final, and parked for an operator. Throws
   * `StoreUnavailable`; the row stays as it is, so the next call comes to the same end.
   */
  giveUp(call: WakeUpCall, row: DeliveryRow): Promise<CallOutcome>;
}

export function concludeDelivery(deps: ConcludeDeps, rules: Rules): ConcludeDelivery {
  const later = callsLater({ ...deps, rules });
  const remember = rememberOpened(deps);
  return {
    record: (call, result) =>
      orLater(deps, { call, learned: { kind: 'result', result } }, () => write(deps, call, result)),
    follow: (call, result) =>
      orLater(deps, { call, learned: { kind: 'result', result } }, () => note(deps, call, result)),
    afterRequest(call, row, answer, about) {
      const { attempts } = row;
      const learned: LearnedAnswer = { kind: 'answer', attempts, at: deps.clock.now(), answer };
      return orLater(deps, { call, learned }, () => conclude(call, row, learned, about));
    },
    resume: (call, learned) => orLater(deps, { call, learned }, () => goOn(call, learned)),
    giveUp: (call, row) =>
      write(
        deps,
        call,
        resultOf({ ...row, unconfirmed: row.unconfirmed + 1 }, deps.clock.now(), Outcome.unconfirmed),
      ),
  };

  async function goOn(call: WakeUpCall, learned: Learned): Promise<CallOutcome> {
    const row = await deps.ledger.findDelivery(call);
    if (learned.kind === 'result') {
      // A replay may have opened the delivery again since: the old outcome must not close it.
      const isOpenAgain = row !== undefined && row.version > call.version;
      if (isOpenAgain) return { kind: 'stale' };
      return row?.state === 'moved' ? note(deps, call, learned.result) : write(deps, call, learned.result);
    }
    // Attempts rise with each request, so they name the one that the answer is of.
    if (row?.attempts !== learned.attempts) return { kind: 'stale' };
    if (row.version === call.version + 1 && row.state === 'retrying') return later.callRetry(call, row);
    if (row.version !== call.version || row.state !== 'claimed') return { kind: 'stale' };
    if ((await deps.ledger.findOutcome(call)) !== undefined) return { kind: 'settled' };
    const [notification, conversation] = await Promise.all([
      deps.notifications.findNotification(call.notification),
      deps.conversations.findConversation(call.conversation),
    ]);
    if (notification === undefined) return { kind: 'stale' };
    // The worker that learned it may have a clock that is wrong.
    const at = Math.min(learned.at, deps.clock.now());
    return conclude(call, row, { ...learned, at }, { notification, conversation });
  }

  /** Each write may be repeated, so that it can begin anew after any of them failed. */
  async function conclude(
    call: WakeUpCall,
    claimed: DeliveryRow,
    { at, answer }: LearnedAnswer,
    { notification, conversation, living }: About,
  ): Promise<CallOutcome> {
    const now = deps.clock.now();
    const { leaseUntil = Number.POSITIVE_INFINITY } = claimed;
    // Held for long enough to write under it.
    const row =
      now < leaseUntil
        ? claimed
        : await deps.ledger.changeDelivery({ ...claimed, leaseUntil: now + rules.claimLease });
    // This process stood still for longer than its claim held: whoever took over counts the repeat and records.
    if (row === 'lost') return { kind: 'stale' };
    const answered = { answer, at, random: deps.random.next() };
    const ending = decide({ notification, row, answered }, rules);
    if (ending.alarm !== undefined) sound(call, answer, ending.alarm);
    if (ending.holdTenantUntil !== undefined && conversation !== undefined) {
      await deps.pacer.holdBack(conversation.tenant, ending.holdTenantUntil, deps.clock.now());
    }
    if (answer.kind === 'sent' && answer.inPlaceOf !== undefined) await rememberBegun(conversation, answer);
    const isKeyed = notification.delivery.key !== undefined;
    const made = isKeyed ? madeBy(ending, answer, conversation) : undefined;
    if (made !== undefined) await noteRequest(deps, call, notification, made, living);
    if (ending.do === 'retry') {
      const again = await later.retry(call, ending.row, ending.dueAt);
      return again === 'lost' ? { kind: 'stale' } : again;
    }
    if (ending.suppress !== undefined && conversation !== undefined) {
      await suppress(conversation, ending.suppress);
    }
    return write(deps, call, ending.result);
  }

  /** What began with a message is remembered as long as this takes: the next message goes there, and begins none. */
  async function rememberBegun(
    conversation: Conversation | undefined,
    { shownIn, inPlaceOf = 'one' }: Extract<Answer, { readonly kind: 'sent' }>,
  ): Promise<void> {
    if (conversation !== undefined && shownIn !== undefined) await remember(conversation, shownIn, inPlaceOf);
  }

  function sound(call: WakeUpCall, answer: Answer, alarm: NonNullable<Ending['alarm']>): void {
    if (alarm === 'untrusted') deps.log.error('delivery.untrusted-service-url', idsOf(call));
    if (answer.kind !== 'failed') return;
    const { status, code, meaning } = answer;
    deps.log.error('delivery.refused', { ...idsOf(call), status, code, meaning });
  }

  /** Resumed late, it must not silence somebody who has come back since; a record from a far future says nothing of it. */
  async function suppress(
    { key, suppressed, changedAt }: Conversation,
    { reason, at }: Suppression,
  ): Promise<void> {
    if (suppressed !== undefined || changedAt <= at || isFarAhead(changedAt, at)) {
      await deps.conversations.suppressConversation(key, reason);
    }
  }
}

/** Parked first: whoever dies in between comes to the same end again. */
async function write(
  deps: Pick<ConcludeDeps, 'parking' | 'ledger' | 'clock' | 'log'>,
  call: WakeUpCall,
  result: DeliveryResult,
): Promise<CallOutcome> {
  if (isReplayable(result.outcome)) await parkDelivery(deps, call, result);
  return note(deps, call, result);
}

async function note(
  deps: Pick<ConcludeDeps, 'ledger'>,
  call: WakeUpCall,
  result: DeliveryResult,
): Promise<CallOutcome> {
  await deps.ledger.recordOutcome(call, result);
  return { kind: 'recorded', result };
}
