import { LONGEST_RETRY_AFTER } from '../../domain/delivery/backoff.ts';
import { type DeliveryRow, isInDoubt } from '../../domain/delivery/delivery.ts';
import { mayRepeat } from '../../domain/delivery/result-of.ts';
import { type Duration, isFarAhead, seconds } from '../../domain/time.ts';
import type { Decision, Known, Step } from './decision.ts';

/** A retry that comes this much before its time is taken as being on time. */
const EARLY: Duration = seconds(0.05);

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
    name: 'follow the digest',
    decide: ({ row: { state, digest } }) =>
      state === 'joined' && digest !== undefined ? { do: 'follow-digest', digest } : undefined,
  },
  {
    name: 'follow the person',
    decide: ({ row: { state, movedFrom } }) => {
      if (state !== 'moved') return undefined;
      return movedFrom === undefined ? { do: 'told' } : { do: 'follow-moved', from: movedFrom };
    },
  },
  {
    name: 'later: early',
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
    name: 'later: lease',
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
  {
    // The lease ran out and nobody recorded anything: the person may have seen it, if anything was sent.
    name: 'give up',
    decide: ({ row, notification }) =>
      isInDoubt(row) && !mayRepeat(row, notification) ? { do: 'give-up' } : undefined,
  },
  { name: 'look at the person', decide: () => ({ do: 'look', at: 'desk' }) },
];
