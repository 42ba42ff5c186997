import { LONGEST_RETRY_AFTER } from '../../domain/delivery/backoff.ts';
import { type DeliveryRow, isInDoubt, mayRepeat } from '../../domain/delivery/delivery.ts';
import { earliestSend, isMoving, LINE_PATIENCE, lineEnd } from '../../domain/delivery/pace.ts';
import { isMadeAnew } from '../../domain/delivery/wake-up-call.ts';
import { type Duration, isFarAhead, minutes, seconds } from '../../domain/time.ts';
import type { DeliveryDesk } from '../../ports/delivery/ledger.ts';
import { endedByPolicy, heldByPolicy } from '../holding-back/decide-policy.ts';
import { zoneOf } from '../holding-back/quiet-hours.ts';
import { GRACE } from '../intake/plan-notification.ts';
import { dueIn } from '../intake/schedule.ts';
import {
  aheadStep,
  endedForChange,
  isBySuccessor,
  isChange,
  supersededStep,
  toldByKeyStep,
} from '../living/living-steps.ts';
import { answerSteps } from './answer-steps.ts';
import type { Answered, Decision, Ending, Known, Rules, Step } from './decision.ts';
import { endedByCancel } from './is-cancelled.ts';

/** A retry that comes this much before its time is taken as being on time. */
const EARLY: Duration = seconds(0.05);

/** Those whom others came before at their own moment try again within so much of the room that there is next. */
const SPREAD = seconds(1);

/** What cannot have room before it expires is looked at when it has, not all at the same moment. */
const EXPIRED_SPREAD = minutes(1);

/** A wait for a slot that the sweep should know of: half of what it leaves everybody alone for. */
const LONG: Duration = GRACE / 2;

/**
 * What comes next of a delivery of which so much is known: the first step of a table that has something to say decides.
 * Pure: whoever asks looks at what is missing (`look`) and asks again, or does what was decided.
 *
 * `rowSteps` look at the delivery's own row, before anything else is read; `sendSteps` at the person and at the channel's
 * limits; `answerSteps` (`answer-steps.ts`) at what the channel said.
 */
export function decide(known: Answered, rules: Rules): Ending;
export function decide(known: Known, rules: Rules): Decision;
export function decide(known: Known | Answered, rules: Rules): Decision | Ending {
  if (known.answered !== undefined) return first(answerSteps, known, rules);
  if (has(known, 'desk')) return first(sendSteps, known, rules);
  if (has(known, 'row')) return first(rowSteps, known, rules);
  if (known.call.version > 0) return { do: 'stop', as: 'stale' };
  if (known.isCancelled === true) return endedByCancel();
  return supersededStep.decide(known, rules) ?? { do: 'look', at: 'desk' };
}

function has<Name extends 'desk' | 'row'>(
  known: Known,
  name: Name,
): known is Known & { readonly [Fact in Name]: NonNullable<Known[Fact]> } {
  return known[name] !== undefined;
}

function first<Facts, Next>(steps: readonly Step<Facts, Next>[], known: Facts, rules: Rules): Next {
  for (const step of steps) {
    const decision = step.decide(known, rules);
    if (decision !== undefined) return decision;
  }
  throw new Error('the last step of a table decides');
}

/** What a delivery's own row says of the call that is at hand. */
export const rowSteps: readonly Step<Known & { readonly row: DeliveryRow }, Decision>[] = [
  {
    // An older call may look at a deferred one: the policy decides, and the worker that deferred it may have died.
    name: 'stale',
    decide: ({ call, row: { state, version } }) =>
      version > call.version && state !== 'deferred' && state !== 'joined'
        ? { do: 'stop', as: 'stale' }
        : undefined,
  },
  {
    name: 'settled',
    decide: ({ row, isSettled }) => {
      const isLostMember = row.state === 'joined' && row.digest === undefined;
      if (isLostMember || isSettled === true) return { do: 'stop', as: 'settled' };
      return isSettled === undefined ? { do: 'look', at: 'outcome' } : undefined;
    },
  },
  {
    name: 'follow-digest',
    decide: ({ row: { state, digest } }) =>
      state === 'joined' && digest !== undefined ? { do: 'follow-digest', digest } : undefined,
  },
  {
    name: 'follow-person',
    decide: ({ row: { state, movedFrom } }) => {
      if (state !== 'moved') return undefined;
      return movedFrom === undefined ? { do: 'told' } : { do: 'follow-moved', from: movedFrom };
    },
  },
  {
    // Claimed, it ends as its request does; a claim that made none is looked at further.
    name: 'cancelled',
    decide: ({ row, isCancelled }) =>
      isCancelled === true && row.state !== 'claimed' ? endedByCancel(row) : undefined,
  },
  {
    ...supersededStep,
    decide: (known, rules) =>
      known.row.state === 'claimed' ? undefined : supersededStep.decide(known, rules),
  },
  {
    name: 'later-early',
    decide: ({ row: { state, dueAt }, now }) =>
      state === 'retrying' &&
      dueAt !== undefined &&
      dueAt > now + EARLY &&
      !isFarAhead(dueAt, now, LONGEST_RETRY_AFTER)
        ? { do: 'later', why: 'early', until: dueAt }
        : undefined,
  },
  {
    // Throwing instead would burn the message's deliveries within seconds. A lease that ends later than any can was written
    // by a machine with a wrong clock: its worker began before now, so it ends a lease from now at the latest. That is
    // written down, because the next look has to know. The worker records what it sent all the same; only a retry of its
    // own it cannot write any more, and its request then counts as unknown.
    name: 'later-lease',
    decide: ({ row: { state, leaseUntil }, now }, { claimLease }) => {
      if (state !== 'claimed' || leaseUntil === undefined || leaseUntil <= now) return undefined;
      const lease = now + claimLease;
      const isWrong = isFarAhead(leaseUntil, now, claimLease);
      return {
        do: 'later',
        why: 'lease',
        until: (isWrong ? lease : leaseUntil) + seconds(1),
        ...(isWrong ? { lease } : {}),
      };
    },
  },
  toldByKeyStep,
  {
    // The lease ran out and nobody recorded anything: the person may have seen it, if anything was sent.
    name: 'give-up',
    decide: (known) => {
      const { row, notification, isCancelled } = known;
      const isOver = isCancelled === true || isBySuccessor(known) || !mayRepeat(row, notification);
      return isInDoubt(row) && isOver ? { do: 'give-up' } : undefined;
    },
  },
  { name: 'look', decide: () => ({ do: 'look', at: 'desk' }) },
];

/** Whether a delivery may be claimed now: everything that can say no is asked before the claim. */
export const sendSteps: readonly Step<Known & { readonly desk: DeliveryDesk }, Decision>[] = [
  {
    name: 'hand-over',
    decide: ({ desk: { belongsTo } }) =>
      belongsTo === undefined ? undefined : { do: 'hand-over', to: belongsTo },
  },
  {
    name: 'cancelled',
    decide: ({ row, isCancelled }) => (isCancelled === true ? endedByCancel(row) : undefined),
  },
  {
    // By the clock that the person has now: it may have become another since the call was made.
    name: 'later-scheduled',
    decide: ({ notification: { delivery }, desk: { conversation, preferences }, now }, { holding }) => {
      if (delivery.at === undefined || conversation === undefined) return undefined;
      const until = dueIn(delivery.at, zoneOf(preferences, conversation, holding.defaultTimeZone));
      return until > now ? { do: 'later', why: 'scheduled', until } : undefined;
    },
  },
  supersededStep,
  aheadStep,
  {
    // The time for which the words were meant may be over.
    name: 'final',
    decide: (known, { holding }) => {
      if (known.isMeant === false) return { do: 'final', outcome: 'expired' };
      return isChange(known) ? endedForChange(known, holding) : endedByPolicy(known, holding);
    },
  },
  {
    name: 'hold',
    decide: (known, { holding }) => (isChange(known) ? undefined : heldByPolicy(known, holding)),
  },
  {
    name: 'join',
    decide: (known) => {
      const { row, isWanted, isAlone } = known;
      if (row?.state !== 'deferred' || isChange(known)) return undefined;
      if (isWanted === undefined) return { do: 'look', at: 'wish' };
      if (!isWanted) return { do: 'final', outcome: 'suppressed', reason: 'unsubscribed' };
      return isAlone === true ? undefined : { do: 'join' };
    },
  },
  {
    // Who finds no room takes a moment of its own at the end of the conversation's line, wakes then and not before, and
    // finds room. Who comes later goes behind those in line.
    name: 'later-no-room',
    decide: ({ row, desk: { windows, line }, now, notification }, { threadLimits }) => {
      const room = earliestSend(windows, threadLimits, now);
      const moment = row?.state === 'retrying' ? row.dueAt : undefined;
      const end = lineEnd(line, now);
      const isBehindOthers = moment === undefined && end !== undefined && isMoving(windows, now);
      if (room <= now && !isBehindOthers) return undefined;
      // A reply or a late one came before it: it stays near its moment. Many of them have stood still, and line up anew.
      if (moment !== undefined && room - moment < LINE_PATIENCE) {
        return { do: 'later', why: 'thread-limit', until: room, spread: SPREAD };
      }
      const { expiresAt } = notification.delivery;
      return expiresAt !== undefined && Math.max(room, end ?? room) >= expiresAt
        ? { do: 'line-up', at: expiresAt, spread: EXPIRED_SPREAD }
        : { do: 'line-up' };
    },
  },
  {
    name: 'later-no-slot',
    decide: ({ call, row, turn, now }) => {
      if (turn === undefined) return { do: 'look', at: 'turn' };
      if (turn === 'go') return undefined;
      const isHeldBack = row?.state === 'deferred';
      return {
        do: 'later',
        why: 'pace',
        until: turn.at,
        slotAt: turn.isWithoutSlot === true ? 'none' : turn.at,
        // While all are held back, calls that were made anew would be more and more.
        isMadeByOthers: turn.isHeldBack === true && !isHeldBack && isMadeAnew(call.hop),
        // The sweep would take it for lost, and every call made for it again would want a slot as well.
        isNoted: isHeldBack && turn.at > now + LONG,
      };
    },
  },
  { name: 'claim', decide: () => ({ do: 'claim' }) },
];
