import { LONGEST_RETRY_AFTER } from '../../domain/delivery/backoff.ts';
import { type DeliveryRow, isInDoubt, mayRepeat } from '../../domain/delivery/delivery.ts';
import { earliestSend, isMoving, LINE_PATIENCE, lineEnd } from '../../domain/delivery/pace.ts';
import { isMadeAnew } from '../../domain/delivery/wake-up-call.ts';
import { type Duration, type Instant, isFarAhead, minutes, seconds } from '../../domain/time.ts';
import type { DeliveryDesk } from '../../ports/delivery/ledger.ts';
import { behindDigest } from '../holding-back/behind-digest.ts';
import { endedByPolicy, heldByPolicy } from '../holding-back/decide-policy.ts';
import { zoneOf } from '../holding-back/quiet-hours.ts';
import { GRACE } from '../intake/plan-notification.ts';
import { dueIn } from '../intake/schedule.ts';
import {
  behindAnother,
  cancelled,
  endedForChange,
  isChange,
  superseded,
  toldByKey,
} from '../living/living-steps.ts';
import { afterAnswer } from './after-answer.ts';
import type { Answered, CallLater, Decision, Ending, Known, Rules } from './decision.ts';

/** A retry that comes this much before its time is taken as being on time. */
const EARLY: Duration = seconds(0.05);

/** Those whom others came before at their own moment try again within so much of the room that there is next. */
const SPREAD = seconds(1);

/** What cannot have room before it expires is looked at when it has, not all at the same moment. */
const EXPIRED_SPREAD = minutes(1);

/** A wait for a slot that the sweep should know of: half of what it leaves everybody alone for. */
const LONG: Duration = GRACE / 2;

/**
 * What comes next of a delivery of which so much is known: the first step that has something to say decides. Pure: whoever
 * asks looks at what is missing (`look`) and asks again, or does what was decided.
 *
 * `byRow` goes by the delivery's own row, before anything else is read; `byDesk` by the person and the channel's limits;
 * `afterAnswer` by what the channel said. The steps have the names, and the order, of decision 27.
 */
export function decide(known: Answered, rules: Rules): Ending;
export function decide(known: Known, rules: Rules): Decision;
export function decide(known: Known | Answered, rules: Rules): Decision | Ending {
  if (known.answered !== undefined) return afterAnswer(known);
  const { desk, row } = known;
  if (desk !== undefined) return byDesk({ ...known, desk }, rules);
  if (row !== undefined) return byRow({ ...known, row }, rules);
  if (known.call.version > 0) return { do: 'stop', as: 'stale' };
  if (known.isCancelled === true) return cancelled(known);
  return (known.living && superseded(known)) ?? { do: 'look', at: 'desk' };
}

/** What a delivery's own row says of the call that is at hand. */
function byRow(known: Known & { readonly row: DeliveryRow }, { claimLease }: Rules): Decision {
  const { call, row, notification, now, isSettled, isCancelled } = known;
  const { state, version, digest, movedFrom, dueAt } = row;
  // stale: an older call may look at a deferred one, since the policy decides, and the worker that deferred it may have died.
  if (version > call.version && state !== 'deferred' && state !== 'joined') {
    return { do: 'stop', as: 'stale' };
  }
  // settled: so is what a digest told that is not named any more.
  if ((state === 'joined' && digest === undefined) || isSettled === true) {
    return { do: 'stop', as: 'settled' };
  }
  if (isSettled === undefined) return { do: 'look', at: 'outcome' };
  // follow-digest
  if (state === 'joined' && digest !== undefined) return { do: 'follow-digest', digest };
  // follow-person
  if (state === 'moved') return movedFrom ? { do: 'follow-moved', from: movedFrom } : { do: 'told' };
  // What is claimed ends as its request does; a claim that made none is looked at further.
  if (state !== 'claimed') {
    // cancelled
    if (isCancelled === true) return cancelled(known);
    // superseded
    const bySuccessor = superseded(known);
    if (bySuccessor !== undefined) return bySuccessor;
  }
  // later-early
  const isEarly = state === 'retrying' && dueAt !== undefined && dueAt > now + EARLY;
  if (isEarly && !isFarAhead(dueAt, now, LONGEST_RETRY_AFTER)) {
    return { do: 'later', why: 'early', until: dueAt };
  }
  // later-lease
  const whenFree = whileClaimed(row, now, claimLease);
  if (whenFree !== undefined) return whenFree;
  // told-by-key
  const told = toldByKey(known);
  if (told !== undefined) return told;
  // give-up: the lease ran out and nobody recorded anything; the person may have seen it, if anything was sent.
  const isOver = isCancelled === true || superseded(known) !== undefined || !mayRepeat(row, notification);
  if (isInDoubt(row) && isOver) return { do: 'give-up' };
  // look
  return { do: 'look', at: 'desk' };
}

/**
 * Throwing instead would burn the message's deliveries within seconds. A lease that ends later than any can was written by a
 * machine with a wrong clock: its worker began before now, so it ends a lease from now at the latest. That is written down,
 * because the next look has to know. The worker records what it sent all the same; only a retry of its own it cannot write
 * any more, and its request then counts as unknown.
 */
function whileClaimed(
  { state, leaseUntil }: DeliveryRow,
  now: Instant,
  claimLease: Duration,
): CallLater | undefined {
  if (state !== 'claimed' || leaseUntil === undefined || leaseUntil <= now) return undefined;
  const lease = now + claimLease;
  const isWrong = isFarAhead(leaseUntil, now, claimLease);
  return {
    do: 'later',
    why: 'lease',
    until: (isWrong ? lease : leaseUntil) + seconds(1),
    ...(isWrong ? { lease } : {}),
  };
}

/** Whether a delivery may be claimed now: everything that can say no is asked before the claim. */
function byDesk(known: Known & { readonly desk: DeliveryDesk }, rules: Rules): Decision {
  const { notification, row, desk, now, isWanted } = known;
  const { holding } = rules;
  // hand-over
  if (desk.belongsTo !== undefined) return { do: 'hand-over', to: desk.belongsTo };
  // cancelled
  if (known.isCancelled === true) return cancelled(known);
  // later-scheduled: by the clock that the person has now, which may have become another since the call was made.
  const { at } = notification.delivery;
  if (at !== undefined && desk.conversation !== undefined) {
    const until = dueIn(at, zoneOf(desk.preferences, desk.conversation, holding.defaultTimeZone));
    if (until > now) return { do: 'later', why: 'scheduled', until };
  }
  // superseded, later-key
  const byOthers = known.living === undefined ? undefined : (superseded(known) ?? behindAnother(known));
  if (byOthers !== undefined) return byOthers;
  // final: also where the time for which the words were meant is over.
  if (known.isMeant === false) return { do: 'final', outcome: 'expired' };
  const isForChange = isChange(known);
  const final = isForChange ? endedForChange(known, holding) : endedByPolicy(known, holding);
  if (final !== undefined) return final;
  // hold
  const held = isForChange ? undefined : heldByPolicy(known, holding);
  if (held !== undefined) return held;
  // join
  if (row?.state === 'deferred' && !isForChange) {
    if (isWanted === undefined) return { do: 'look', at: 'wish' };
    if (!isWanted) return { do: 'final', outcome: 'suppressed', reason: 'unsubscribed' };
    if (known.isAlone !== true) return { do: 'join' };
  }
  // behind
  const behind = row === undefined || isForChange ? undefined : behindDigest(known, holding);
  if (behind !== undefined) return behind;
  // later-no-room, later-no-slot, claim
  return withoutRoom(known, rules) ?? withoutSlot(known) ?? { do: 'claim' };
}

/**
 * Who finds no room takes a moment of its own at the end of the conversation's line, wakes then and not before, and finds
 * room. Who comes later goes behind those in line.
 */
function withoutRoom(
  { row, desk: { windows, line }, now, notification }: Known & { readonly desk: DeliveryDesk },
  { threadLimits }: Rules,
): Decision | undefined {
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
}

/** What takes a slot of the tenant's rate is asked last, since it is gone once it is taken. */
function withoutSlot({ call, row, turn, now }: Known): Decision | undefined {
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
}
