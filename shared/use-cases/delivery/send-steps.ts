import { earliestSend, isMoving, LINE_PATIENCE, lineEnd } from '../../domain/delivery/pace.ts';
import { isMadeAnew } from '../../domain/delivery/wake-up-call.ts';
import { type Duration, minutes, seconds } from '../../domain/time.ts';
import type { DeliveryDesk } from '../../ports/delivery/ledger.ts';
import { endedByPolicy, heldByPolicy } from '../holding-back/decide-policy.ts';
import { GRACE } from '../intake/plan-notification.ts';
import type { Decision, Known, Step } from './decision.ts';

/** Those whom others came before at their own moment try again within so much of the room that there is next. */
const SPREAD = seconds(1);

/** What cannot have room before it expires is looked at when it has, not all at the same moment. */
const EXPIRED_SPREAD = minutes(1);

/** A wait for a slot that the sweep should know of: half of what it leaves everybody alone for. */
const LONG: Duration = GRACE / 2;

/** Whether a delivery may be claimed now: everything that can say no is asked before the claim. */
export const sendSteps: readonly Step<Known & { readonly desk: DeliveryDesk }, Decision>[] = [
  {
    // The time for which the words were meant may be over.
    name: 'final',
    decide: (known, { holding }) =>
      known.isMeant === false ? { do: 'final', outcome: 'expired' } : endedByPolicy(known, holding),
  },
  { name: 'hold', decide: (known, { holding }) => heldByPolicy(known, holding) },
  {
    name: 'join',
    decide: ({ row, isWanted, isAlone }) => {
      if (row?.state !== 'deferred') return undefined;
      if (isWanted === undefined) return { do: 'look', at: 'wish' };
      if (!isWanted) return { do: 'final', outcome: 'suppressed', reason: 'unsubscribed' };
      return isAlone === true ? undefined : { do: 'join' };
    },
  },
  {
    // Who finds no room takes a moment of its own at the end of the conversation's line, wakes then and not before, and
    // finds room. Who comes later goes behind those in line.
    name: 'later: no room',
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
    name: 'later: no slot',
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
