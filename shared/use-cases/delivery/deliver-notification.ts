import { DIGEST } from '../../catalog/digest.ts';
import { retryDelay } from '../../domain/delivery/backoff.ts';
import {
  type DeliveryResult,
  type DeliveryRow,
  isInDoubt,
  Outcome,
  resultOf,
} from '../../domain/delivery/delivery.ts';
import { claimedRow, movedRow } from '../../domain/delivery/states.ts';
import { freshHop, timesMadeAgain, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import { type Notification, OnRepeat } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import type { Pace } from '../../ports/delivery/pace.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { MergeAddressees } from '../conversation/merge-addressees.ts';
import { digestCall } from '../holding-back/digest-of.ts';
import { formDigest } from '../holding-back/form-digest.ts';
import { leaveOutCancelled, type ToTell } from '../holding-back/leave-out-cancelled.ts';
import { settleMembers } from '../holding-back/settle-members.ts';
import { stillSubscribed } from '../holding-back/still-subscribed.ts';
import { firstCall } from '../intake/plan-notification.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import type { CloseReplaced } from '../living/close-replaced.ts';
import { isToBeNoted, livingOf, noteNewest } from '../living/note-state.ts';
import type { RecallOne } from '../recall/recall-one.ts';
import { type ConcludeDeps, concludeDelivery } from './conclude-delivery.ts';
import { decide } from './decide.ts';
import type { CallOutcome, Decision, Final, Known, Rules } from './decision.ts';
import { endedByCancel, isCancelled } from './is-cancelled.ts';
import { callsLater, idsOf } from './later.ts';
import { atDesk, type Facts, lookAt } from './look-at.ts';
import { oneRequest } from './one-request.ts';
import type { SendToPerson } from './send-to-person.ts';

/** A worker that loses a race reads again; so often, then the call comes later by itself. */
const MOST_RACES = 5;

export type DeliverNotification = (call: WakeUpCall) => Promise<CallOutcome>;

export interface DeliverDeps extends ConcludeDeps, Rules {
  readonly pace: Pace;
  readonly send: SendToPerson;
  readonly closeReplaced: CloseReplaced;
  readonly merge: MergeAddressees;
  readonly recallOne: RecallOne;
  readonly subscriptions: SubscriptionStore;
  readonly kinds: Pick<AllKinds, 'stillWanted' | 'entryOf'>;
  readonly particulars: ParticularsStore;
  readonly turns: Pick<TurnStore, 'loadTurns'>;
}

/** More is known than before, and it is decided anew. */
interface More extends Facts {
  readonly kind: 'more';
}

/**
 * Answers a wake-up call: looks at the delivery, claims it, makes at most one request and records what came of it. What
 * comes next is decided by `decide`; here it is done.
 *
 * Everything that can say no is asked before the claim, so that after a claim only the request itself can be unknown.
 * Throws `StoreUnavailable` or `QueueUnavailable`; the call then has to come again, and repeating it is harmless: if the
 * request was already made, the claim is found and its lease decides.
 */
export function deliverNotification(deps: DeliverDeps): DeliverNotification {
  const concluding = concludeDelivery(deps, deps);
  const later = callsLater({ ...deps, rules: deps });
  const lookDeps = { ...deps, stillSubscribed: stillSubscribed(deps) };
  const form = formDigest(lookDeps);
  const settle = settleMembers(deps);
  const others = followOthers(deps, { concluding, later, settle });
  const leaveOut = leaveOutCancelled(deps);
  const request = oneRequest(deps, concluding.afterRequest);

  return async (call) => {
    const resumed = call.learned === undefined ? undefined : await concluding.resume(call, call.learned);
    if (resumed !== undefined && resumed.kind !== 'recorded' && resumed.kind !== 'settled') return resumed;
    const notification = await deps.notifications.findNotification(call.notification);
    if (notification === undefined) {
      if (resumed !== undefined) return resumed;
      deps.log.error('delivery.unknown-notification', idsOf(call));
      return { kind: 'stale' };
    }
    if (call.recall !== undefined) {
      await deps.recallOne({ ...call, recall: call.recall }, notification);
      return { kind: 'settled' };
    }
    const outcome = resumed ?? (await comeTo(call, notification));
    // What becomes of a digest becomes of its members.
    const isOver = outcome.kind === 'recorded' || outcome.kind === 'settled';
    if (isOver && notification.type === DIGEST) await settle(notification, call);
    if (isOver && notification.delivery.onRepeat === OnRepeat.new)
      await deps.closeReplaced(call, notification);
    return outcome;
  };

  /** Decides and does, until the call is done with. */
  async function comeTo(call: WakeUpCall, notification: Notification): Promise<CallOutcome> {
    // Nobody looks for the row on the first call: if there is one, the claim will say so.
    const row = call.version > 0 || call.hop > 0 ? await deps.ledger.findDelivery(call) : undefined;
    let known = await beginningOf(deps, { call, notification, row });
    let races = 0;
    while (races < MOST_RACES) {
      const done = await perform(decide(known, deps), known);
      if (done === 'lost') {
        races += 1;
        known = await anew(deps, known);
      } else if (done.kind === 'more') {
        const { kind: _more, ...more } = done;
        known = { ...known, ...more };
      } else return done;
    }
    // Many workers at one conversation: it comes when they are through.
    const until = deps.clock.now() + retryDelay(1, deps.random.next());
    return later.again(known, { do: 'later', until, why: 'race' });
  }

  async function perform(decided: Decision, before: Known): Promise<CallOutcome | 'lost' | More> {
    const { call, row, notification } = before;
    let known = before;
    if (notification.delivery.key !== undefined && isToBeNoted(decided, before)) {
      // It is said first that nothing older goes out any more.
      const living = await noteNewest(deps, before);
      if (living === 'lost') return 'lost';
      known = { ...before, living };
    }
    switch (decided.do) {
      case 'look':
        return { kind: 'more', ...(await lookAt(lookDeps, decided.at, known)) };
      case 'stop':
        return { kind: decided.as };
      case 'follow-digest':
        return others.followDigest(call, decided.digest);
      case 'follow-moved':
        return others.followMoved(known, decided.from);
      case 'later':
        return later.again(known, decided);
      case 'hold':
        return later.hold(known, decided);
      case 'line-up':
        return later.lineUp(atDesk(known), decided);
      case 'join': {
        const formed = row && (await form(call, { row, notification }, atDesk(known).desk));
        if (formed === 'anew') return 'lost';
        return formed === 'joined' ? { kind: 'joined' } : { kind: 'more', isAlone: true };
      }
      case 'hand-over':
        return others.handOver(known, decided.to);
      case 'told':
        return concluding.record(call, { ...delivered(known), ...decided.ids });
      case 'give-up':
        return concluding.giveUp(call, claimOf(known));
      case 'final':
        return finish(known, decided);
      case 'claim': {
        const told = notification.type === DIGEST ? await stillToTell(known) : { notification };
        return told === undefined
          ? finish(known, endedByCancel(row))
          : request(atDesk({ ...known, ...told }));
      }
    }
  }

  /** A digest without what is not to be told any more. */
  async function stillToTell({ call, row, notification }: Known): Promise<ToTell | undefined> {
    const mayBeSeen = (row?.unconfirmed ?? 0) > 0 || isInDoubt(row);
    return leaveOut(notification, call.conversation, mayBeSeen);
  }

  /** Ends a delivery under a claim of its own, so that nobody makes a request meanwhile. */
  async function finish(
    { call, row, now }: Known,
    { outcome, reason }: Final,
  ): Promise<CallOutcome | 'lost'> {
    const claimed = await deps.ledger.claimDelivery(
      claimedRow(call, row, { now, lease: deps.claimLease, to: 'end' }),
    );
    return claimed === 'lost' ? 'lost' : concluding.record(call, resultOf(claimed, now, outcome, reason));
  }
}

/** What is known before anything was looked at but the row. */
async function beginningOf(
  deps: Pick<DeliverDeps, 'notifications' | 'clock' | 'living'>,
  known: Pick<Known, 'call' | 'notification' | 'row'>,
): Promise<Known> {
  const isKeyed = known.notification.delivery.key !== undefined;
  const living = isKeyed ? await livingOf(deps, known.notification, known.call) : {};
  const off = await isCancelled(deps, known.notification);
  return { ...known, ...living, now: deps.clock.now(), isCancelled: off };
}

/** A turn that was given holds while others win the race to the conversation: slots are everybody's. */
async function anew(
  deps: Pick<DeliverDeps, 'ledger' | 'notifications' | 'clock' | 'living'>,
  { call, notification, turn }: Known,
): Promise<Known> {
  const row = await deps.ledger.findDelivery(call);
  const known = await beginningOf(deps, { call, notification, row });
  return turn === undefined ? known : { ...known, turn };
}

/** Ends a delivery as another one ends, which tells the person in its place. */
function followOthers(
  deps: Pick<DeliverDeps, 'ledger' | 'notifications' | 'particulars' | 'deliveries' | 'claimLease'>,
  {
    concluding,
    later,
    settle,
  }: {
    readonly concluding: ReturnType<typeof concludeDelivery>;
    readonly later: ReturnType<typeof callsLater>;
    readonly settle: ReturnType<typeof settleMembers>;
  },
) {
  return { followDigest, followMoved, handOver };

  /**
   * Has the addressee told whom the conversation belongs to. Order of writes: what it says to them alone -> their report
   * row -> this row -> their call. A crash in between has them addressed again, who are told once.
   */
  async function handOver(known: Known, to: ConversationKey): Promise<CallOutcome | 'lost'> {
    const { call, notification, row, now } = known;
    const particulars = await deps.particulars.findParticulars({ ...call });
    if (particulars !== undefined) {
      await deps.particulars.keepParticulars(
        { notification: call.notification, conversation: to },
        particulars,
      );
    }
    await deps.ledger.addressRecipients(notification.id, [to], 'named');
    const moved = await deps.ledger.changeDelivery(movedRow(call, row, { to, now }));
    return moved === 'lost' ? 'lost' : followMoved({ ...known, row: moved }, to, { isBegun: true });
  }

  /**
   * The message goes out in the name of another delivery: what becomes of it there holds here too. As long as it has no row
   * it is called, since no sweep knows of it; more and more seldom, since it may wait for its time, or for a slot.
   */
  async function followMoved(
    known: Known,
    to: ConversationKey,
    { isBegun = false } = {},
  ): Promise<CallOutcome> {
    const { call, notification, now } = known;
    const id = { notification: call.notification, conversation: to };
    const told = await deps.ledger.findOutcome(id);
    if (told !== undefined) return concluding.follow(call, told);
    const isCalled = isBegun || isPowerOfTwo(timesMadeAgain(call.hop));
    if (isCalled && (await deps.ledger.findDelivery(id)) === undefined) {
      const first = firstCall(notification, to);
      // The first one comes again by itself while the tenant is held back; one that is made anew does not.
      await deps.deliveries.sendCalls([{ message: isBegun ? first : { ...first, hop: freshHop(now) } }]);
    }
    return later.again(known, { do: 'later', until: now + deps.claimLease, why: 'moved' });
  }

  /** The digest speaks for it: its outcome is taken over, or the digest is woken in case its first call was never made. */
  async function followDigest(call: WakeUpCall, digest: NotificationId): Promise<CallOutcome> {
    const id = { notification: digest, conversation: call.conversation };
    const notification = await deps.notifications.findNotification(digest);
    if (notification === undefined)
      throw new Error(`delivery ${call.notification} joined a digest that is not stored`);
    if ((await deps.ledger.findOutcome(id)) === undefined) {
      await deps.deliveries.sendCalls([{ message: digestCall(id, notification.traceparent) }]);
      return { kind: 'stale' };
    }
    await settle(notification, id);
    return { kind: 'settled' };
  }
}

function isPowerOfTwo(count: number): boolean {
  return count > 0 && Number.isInteger(Math.log2(count));
}

/** What is recorded of a delivery that was told by another request than its own. */
function delivered(known: Known): DeliveryResult {
  return resultOf(claimOf(known), known.now, Outcome.delivered);
}

/** The row of a delivery of which the decision says that it is there. */
function claimOf({ row, call }: Known): DeliveryRow {
  if (row === undefined) throw new Error(`delivery ${call.notification} has no row`);
  return row;
}
