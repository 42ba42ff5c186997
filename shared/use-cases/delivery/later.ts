import { retryDelay } from '../../domain/delivery/backoff.ts';
import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { Learned } from '../../domain/delivery/learned.ts';
import { laterRow, retriedRow } from '../../domain/delivery/states.ts';
import { freshHop, timesMadeAgain, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import { type Duration, type Instant, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { DirectoryAway } from '../../ports/conversation/directory.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { DeliveryDesk, Ledger } from '../../ports/delivery/ledger.ts';
import type { Log } from '../../ports/log.ts';
import { type DeliveryQueue, QueueUnavailable } from '../../ports/queues.ts';
import type { Random } from '../../ports/random.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { heldByPolicy } from '../holding-back/decide-policy.ts';
import { GRACE } from '../intake/plan-notification.ts';
import type { CallLater, Decision, Hold, Known, Later, Rules } from './decision.ts';

/** After so many hops the delay of a message grows no further. */
const LAST_STEP = 6;

/**
 * A call that knows something comes no later than after this step of the backoff, 15 s: once the lease is over, a worker
 * that knows nothing may take the delivery for one whose result is unknown.
 */
const LAST_STEP_OF_KNOWN = 3;

/** A time that is this much earlier than the one that a row has is taken as the same. */
const SAME: Duration = seconds(0.05);

export interface LaterDeps {
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly deliveries: DeliveryQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * Lets a delivery go on later. Everybody writes what must not be lost before what depends on it, so that a crash anywhere
 * leaves something that comes again by itself. Gives `lost` when somebody else wrote the row since it was read. Throws
 * `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export type CallsLater = ReturnType<typeof callsLater>;

export function callsLater(deps: LaterDeps & { readonly rules: Rules }) {
  return { again, hold, lineUp, retry, callRetry };

  /** The same call once more; one that was held back says so on its row where it is long. */
  async function again({ call, row }: Pick<Known, 'call' | 'row'>, decided: CallLater): Promise<Later> {
    const { why, lease, slotAt, spread } = decided;
    const until = spread === undefined ? decided.until : spreadOut(decided.until, spread, deps.random);
    if (decided.isMadeByOthers === true) return { kind: 'later', until, why };
    if (row !== undefined && lease !== undefined)
      await deps.ledger.changeDelivery({ ...row, leaseUntil: lease });
    if (row !== undefined && decided.isNoted === true) {
      await deps.dueIndex.addDue({ at: until + GRACE, kind: 'delivery', id: row.id });
      // Lost to somebody else, it is theirs to say.
      await deps.ledger.changeDelivery({ ...row, dueAt: until });
    }
    const { slotAt: before, ...plain } = call;
    const slot = slotAt ?? before ?? 'none';
    const message = { ...plain, hop: call.hop + 1, ...(slot === 'none' ? {} : { slotAt: slot }) };
    await deps.deliveries.sendCalls([{ message, at: until }]);
    return { kind: 'later', until, why };
  }

  /**
   * When what holds it back is over.
   *
   * | Order of writes | A crash behind it leaves |
   * |---|---|
   * | due entry | an entry that the sweep finds to be over |
   * | call for the time at which the hold ends | a call that looks at the delivery then |
   * | row: `deferred`, next version | a deferred delivery; the call at hand comes again and looks at it anew |
   * | look again: what ended meanwhile did not see the row | |
   * | pending state on the report | a report that says less than it could |
   */
  async function hold(
    { call, row, notification }: Known,
    { reason, until, waitUntil, isBehind }: Hold,
  ): Promise<Later | 'lost'> {
    const later: Later = { kind: 'later', until, why: reason };
    const now = deps.clock.now();
    if (row?.state === 'deferred' && isAwaited(row, later, now)) return later;
    const state = { now, state: 'deferred', deferral: reason, dueAt: until } as const;
    const next = laterRow(call, row, waitUntil === undefined ? state : { ...state, waitUntil });
    const message = callOf(call, next.version);
    await deps.dueIndex.addDue({ at: until + GRACE, kind: 'delivery', id: next.id });
    await deps.deliveries.sendCalls([{ message, at: until }]);
    const written = await deps.ledger.deferDelivery(next);
    if (written === 'lost') return 'lost';

    // Whoever ended the reason either saw the row and wakes it, or ended it before this look.
    const desk = await deps.ledger.findDesk(call.conversation);
    const asked = { notification, row: written, desk, now: deps.clock.now() };
    const held = heldByPolicy(asked, deps.rules.holding);
    if (isBehind !== true && (held === undefined || held.until < until - SAME)) {
      await deps.deliveries.sendCalls([{ message: { ...message, hop: freshHop(deps.clock.now()) } }]);
    }
    await deps.ledger.recordPending(next.id, 'deferred', reason);
    deps.log.info('delivery.deferred', { ...idsOf(call), reason, delayMs: until - now });
    return later;
  }

  /**
   * At a moment of its own at the end of the conversation's line: so each is looked at twice or three times, however many
   * wait. The row tells a copy of the call, and the sweep, that the delivery has its moment. A worker that knows no line
   * takes it for a retry.
   *
   * | Order of writes | A crash behind it leaves |
   * |---|---|
   * | the moment | a moment that nobody uses; the call at hand comes again |
   * | due entry | an entry that the sweep finds to be over |
   * | row: `retrying`, next version | a delivery without a call, that the sweep wakes |
   * | call for the moment | |
   */
  async function lineUp(
    { call, row, now, desk }: Known & { readonly desk: DeliveryDesk },
    { at, spread = 0 }: Extract<Decision, { readonly do: 'line-up' }>,
  ): Promise<Later | 'lost'> {
    const asked = { sent: desk.windows, limits: deps.rules.threadLimits, now };
    const until =
      at === undefined
        ? await deps.ledger.lineUp(call.conversation, asked)
        : spreadOut(at, spread, deps.random);
    const next = laterRow(call, row, { now, state: 'retrying', dueAt: until });
    await deps.dueIndex.addDue({ at: until + GRACE, kind: 'delivery', id: next.id });
    if ((await deps.ledger.changeDelivery(next)) === 'lost') return 'lost';
    await deps.deliveries.sendCalls([{ message: callOf(call, next.version), at: until }]);
    return { kind: 'later', until, why: 'thread-limit' };
  }

  /**
   * From the claim `row` to another request at `dueAt`.
   *
   * | Order of writes | A fault behind it leaves |
   * |---|---|
   * | due entry | the claim; whoever knows the answer begins anew |
   * | row: `retrying`, next version | a retry without a call: whoever knows the answer makes it, or else the sweep |
   * | call | a report that says less than it could |
   * | pending state on the report | |
   */
  async function retry(call: WakeUpCall, row: DeliveryRow, dueAt: Instant): Promise<Later | 'lost'> {
    const next = retriedRow(row, dueAt);
    await deps.dueIndex.addDue({
      at: Math.max(dueAt, deps.clock.now()) + GRACE,
      kind: 'delivery',
      id: row.id,
    });
    return (await deps.ledger.changeDelivery(next)) === 'lost' ? 'lost' : callRetry(call, next);
  }

  /** The call for a retry whose `row` is written. Made twice, it is one: the broker knows its id, and the row the version. */
  async function callRetry(call: WakeUpCall, row: DeliveryRow): Promise<Later> {
    const now = deps.clock.now();
    const until = row.dueAt ?? now;
    await deps.deliveries.sendCalls([{ message: callOf(call, row.version), at: until }]);
    await deps.ledger.recordPending(row.id, 'retrying', row.lastError?.code);
    const { class: origin, code, meaning } = row.lastError ?? {};
    const failure = { attempt: row.attempts, code, class: origin, meaning };
    deps.log.info('delivery.retrying', { ...idsOf(call), ...failure, delayMs: Math.max(0, until - now) });
    return { kind: 'later', until, why: 'retry' };
  }
}

function spreadOut(at: Instant, over: Duration, random: Random): Instant {
  return Math.ceil(at + random.next() * over);
}

/** The first call of a version of the row. */
function callOf({ slotAt: _slot, learned: _none, ...call }: WakeUpCall, version: number): WakeUpCall {
  return { ...call, version, hop: 0 };
}

/** A call is on its way that comes no later than the hold ends, and looks again then. */
function isAwaited({ dueAt, deferral }: DeliveryRow, { until, why }: Later, now: number): boolean {
  return dueAt !== undefined && dueAt > now && dueAt - SAME <= until && deferral === why;
}

/** What names the delivery in a log line. */
export function idsOf(call: WakeUpCall): { readonly [name: string]: string | undefined } {
  return { notification: call.notification, conversation: call.conversation, traceparent: call.traceparent };
}

/**
 * What to do with a queue message whose handling failed because the store, or the directory, was away: it is enqueued again with backoff,
 * and the one at hand is done with. Thrown instead, the broker would redeliver it at once, and the few deliveries that
 * it allows would burn within seconds.
 *
 * Anything else (a bug, or the queue being away too) is thrown on: the broker redelivers, counts, and in the end
 * dead-letters.
 */
export type LaterIfAway = (
  cause: unknown,
  hop: number,
  enqueueLater: (at: Instant) => Promise<void>,
) => Promise<void>;

type Away = StoreUnavailable | QueueUnavailable | DirectoryAway;

function isAway(cause: unknown): cause is Away {
  return [StoreUnavailable, QueueUnavailable, DirectoryAway].some((away) => cause instanceof away);
}

function operationOf(cause: Away): string {
  if (cause instanceof StoreUnavailable) return cause.operation;
  return cause instanceof QueueUnavailable ? cause.queue : 'directory';
}

export function laterIfAway(deps: Pick<LaterDeps, 'clock' | 'random' | 'log'>): LaterIfAway {
  return async (cause, hop, enqueueLater) => {
    if (!isAway(cause)) throw cause;
    const delay = retryDelay(Math.min(timesMadeAgain(hop) + 1, LAST_STEP), deps.random.next());
    const least = cause instanceof DirectoryAway ? cause.retryAfter : 0;
    const at = deps.clock.now() + Math.max(delay, least);
    await enqueueLater(at);
    deps.log.warn('message.put-back', {
      code: cause.code,
      operation: operationOf(cause),
      hop,
      delayMs: at - deps.clock.now(),
    });
  };
}

/**
 * Gives what `work` gives, which follows from something `learned`; while the store or the queue is away, what was learned
 * travels in a later call. Throws `QueueUnavailable` when that could not be made either; it is then forgotten.
 */
export async function orLater<Done>(
  deps: Pick<LaterDeps, 'deliveries' | 'clock' | 'random' | 'log'>,
  { call, learned }: { readonly call: WakeUpCall; readonly learned: Learned },
  work: () => Promise<Done>,
): Promise<Done | Later> {
  try {
    return await work();
  } catch (cause) {
    // The work is done later with what is known, so nobody is told twice by it: the request is not made again.
    let until = deps.clock.now();
    await laterIfAway(deps)(cause, Math.min(call.hop, LAST_STEP_OF_KNOWN - 1), (at) => {
      until = at;
      return deps.deliveries.sendCalls([{ message: { ...call, hop: call.hop + 1, learned }, at }]);
    });
    return { kind: 'later', until, why: 'record' };
  }
}
