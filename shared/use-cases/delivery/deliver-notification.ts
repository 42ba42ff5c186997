import { isFullDigest, membersOf, withMembers } from '../../catalog/digest.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import { LONGEST_RETRY_AFTER, retryDelay } from '../../domain/delivery/backoff.ts';
import { type DeliveryRow, isInDoubt, Outcome } from '../../domain/delivery/delivery.ts';
import { afterSend, type RateLimit, withFullBurst } from '../../domain/delivery/pace.ts';
import { isMadeAnew, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import { type Duration, type Instant, isFarAhead, seconds } from '../../domain/time.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { DeliveryDesk } from '../../ports/delivery/ledger.ts';
import type { ComeBackAt, Pace } from '../../ports/delivery/pace.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import {
  countsForBurst,
  decidePolicy,
  type HoldingSettings,
  type PolicyDecision,
} from '../holding-back/decide-policy.ts';
import { deferDelivery } from '../holding-back/defer-delivery.ts';
import { digestCall, formDigest } from '../holding-back/form-digest.ts';
import { zoneOf } from '../holding-back/quiet-hours.ts';
import { isDue, settleMembers } from '../holding-back/settle-members.ts';
import { stillSubscribed } from '../holding-back/still-subscribed.ts';
import { GRACE } from '../intake/plan-notification.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { boundedLease } from './bounded-lease.ts';
import { type CallOutcome, type ConcludeDeps, concludeDelivery, idsOf } from './conclude-delivery.ts';
import { mayRepeat, resultOf } from './result-of.ts';
import type { SendToPerson } from './send-to-person.ts';
import { waitInLine } from './wait-in-line.ts';

/** A retry that comes this much before its time is taken as being on time. */
const EARLY: Duration = seconds(0.05);

/** A wait for a slot that the sweep should know of: half of what it leaves everybody alone for. */
const LONG: Duration = GRACE / 2;

/** A worker that loses a race reads again; so often, then the call comes back by itself. */
const MOST_RACES = 5;

export type DeliverNotification = (call: WakeUpCall) => Promise<CallOutcome>;

export interface DeliverDeps extends ConcludeDeps {
  readonly notifications: NotificationStore;
  readonly pace: Pace;
  readonly send: SendToPerson;
  readonly threadLimits: readonly RateLimit[];
  readonly claimLease: Duration;
  readonly subscriptions: SubscriptionStore;
  readonly kinds: Pick<AllKinds, 'stillWanted'>;
  readonly particulars: ParticularsStore;
  readonly vouching: Vouching;
  readonly holding: HoldingSettings;
}

/**
 * Answers a wake-up call: looks at the delivery, claims it, makes at most one request and records what came of it.
 *
 * Everything that can say no is asked before the claim, so that after a claim only the request itself can be unknown.
 * Throws `StoreUnavailable` or `QueueUnavailable`; the call then has to come back, and repeating it is harmless: if the
 * request was already made, the claim is found and its lease decides.
 */
export function deliverNotification(deps: DeliverDeps): DeliverNotification {
  const concluding = concludeDelivery(deps);
  const { record, giveUpUnconfirmed } = concluding;

  const { holding } = deps;
  const defer = deferDelivery(deps);
  const wanted = stillSubscribed(deps);
  const form = formDigest({ ...deps, stillSubscribed: wanted });
  const settle = settleMembers(deps);
  const inLine = waitInLine(deps);
  const leased = boundedLease(deps);

  return async (call) => {
    const resumed = call.learned === undefined ? undefined : await concluding.resume(call, call.learned);
    if (resumed !== undefined && resumed.kind !== 'recorded' && resumed.kind !== 'settled') return resumed;
    const notification = await deps.notifications.find(call.notification);
    if (notification === undefined) {
      if (resumed !== undefined) return resumed;
      deps.log.error('delivery.unknown-notification', idsOf(call));
      return { kind: 'stale' };
    }
    const outcome = resumed ?? (await look(call, notification));
    // What becomes of a digest becomes of its members.
    if (outcome.kind === 'recorded' || outcome.kind === 'settled') await settle(notification, call);
    return outcome;
  };

  async function look(asked: WakeUpCall, notification: Notification): Promise<CallOutcome> {
    let call = asked;
    // Nobody looks for the row on the first call: if there is one, the claim will say so.
    let row = call.version > 0 || call.hop > 0 ? await deps.ledger.row(call) : undefined;
    let hasTurn = false;
    for (let race = 0; race < MOST_RACES; race += 1) {
      const now = deps.clock.now();
      if (row === undefined && call.version > 0) return { kind: 'stale' };
      if (row !== undefined) {
        const stop = await stopAt(row, call, notification, now);
        if (stop !== undefined) return stop;
        call = { ...call, version: row.version };
      }
      const desk = await deps.ledger.desk(call.conversation);

      const unwanted = await deps.kinds.stillWanted('always', notification, call.conversation);
      let decided: PolicyDecision =
        unwanted === undefined
          ? decidePolicy({ notification, row, desk, now }, holding)
          : // The time for which the words were meant is over.
            { kind: 'final', outcome: Outcome.expired };
      if (decided.kind === 'send' && row?.state === 'deferred') {
        const { conversation } = decided;
        if (!(await wanted(conversation, [notification])).has(notification.id)) {
          decided = { kind: 'final', outcome: Outcome.suppressed, reason: 'unsubscribed' };
        } else {
          const formed = await form(call, { row, notification }, { ...desk, conversation });
          if (formed === 'joined') return { kind: 'joined' };
          if (formed === 'lost') {
            row = await deps.ledger.row(call);
            continue;
          }
        }
      }
      if (decided.kind === 'hold') {
        if ((await defer(call, { notification, row, hold: decided })) === 'deferred') {
          return { kind: 'deferred', until: decided.until, reason: decided.reason };
        }
        row = await deps.ledger.row(call);
        continue;
      }
      if (decided.kind === 'final') {
        const claimed = await deps.ledger.claim(claimRow(call, row, now, { request: false }));
        if (claimed !== 'lost') return record(call, resultOf(claimed, now, decided.outcome, decided.reason));
        row = await deps.ledger.row(call);
        continue;
      }
      const { conversation } = decided;

      const held = await inLine(call, { notification, row, desk, now });
      if (held !== undefined && held !== 'lost') return held;
      if (held === undefined) {
        // A turn that was given holds while others win the race to the conversation: slots are everybody's.
        const turn = hasTurn ? 'go' : await deps.pace.takeTurn(conversation.tenant, call.slotAt);
        if (turn !== 'go') return waitForTurn(call, row, turn);
        hasTurn = true;
        const claimed = await claim(call, row, desk, notification);
        if (claimed !== 'lost') return request(call, claimed, notification, { ...desk, conversation });
      }
      row = await deps.ledger.row(call);
    }
    // Many workers at one conversation: come back when they are through.
    return putOff(call, deps.clock.now() + retryDelay(1, deps.random.next()), 'race');
  }

  /** Looks at a row that is there: says what to do instead of sending, or `undefined` when it may be claimed. */
  async function stopAt(
    row: DeliveryRow,
    call: WakeUpCall,
    notification: Notification,
    now: Instant,
  ): Promise<CallOutcome | undefined> {
    if (row.state === 'joined') return followDigest(call, row);
    // An older call may look at a deferred one: the policy decides, and the worker that deferred it may have died.
    if (row.version > call.version && row.state !== 'deferred') return { kind: 'stale' };
    if ((await deps.ledger.result(call)) !== undefined) return { kind: 'settled' };
    if (row.state === 'moved') return followMoved(call, row, now);
    if (row.state === 'deferred') return undefined;
    if (row.state !== 'claimed') {
      const { dueAt } = row;
      return dueAt !== undefined && dueAt > now + EARLY && !isFarAhead(dueAt, now, LONGEST_RETRY_AFTER)
        ? putOff(call, dueAt, 'early')
        : undefined;
    }
    const leaseUntil = await leased(row, now);
    // Throwing instead would burn the message's deliveries within seconds.
    if (leaseUntil !== undefined) return putOff(call, leaseUntil + seconds(1), 'lease');
    // The lease ran out and nobody recorded anything: the person may have seen it, if anything was sent.
    return !isInDoubt(row) || mayRepeat(row, notification)
      ? undefined
      : giveUpUnconfirmed(call, { ...row, unconfirmed: row.unconfirmed + 1 });
  }

  /** The message goes to the new conversation in the name of the old one: what becomes of it there holds here too. */
  async function followMoved(call: WakeUpCall, row: DeliveryRow, now: Instant): Promise<CallOutcome> {
    if (row.movedFrom === undefined) return record(call, resultOf(row, now, Outcome.delivered));
    const told = await deps.ledger.result({ notification: call.notification, conversation: row.movedFrom });
    return told === undefined ? putOff(call, now + deps.claimLease, 'moved') : concluding.follow(call, told);
  }

  /** The digest speaks for it: its outcome is taken over, or the digest is woken in case its first call was never made. */
  async function followDigest(call: WakeUpCall, row: DeliveryRow): Promise<CallOutcome> {
    if (row.digest === undefined || (await deps.ledger.result(call)) !== undefined)
      return { kind: 'settled' };
    const id = { notification: row.digest, conversation: call.conversation };
    const digest = await deps.notifications.find(row.digest);
    if (digest === undefined)
      throw new Error(`delivery ${row.id.notification} joined a digest that is not stored`);
    if ((await deps.ledger.result(id)) === undefined) {
      await deps.deliveries.send([{ message: digestCall(id, digest.traceparent) }]);
      return { kind: 'stale' };
    }
    await settle(digest, id);
    return { kind: 'settled' };
  }

  async function claim(
    call: WakeUpCall,
    row: DeliveryRow | undefined,
    desk: DeliveryDesk,
    notification: Notification,
  ): Promise<DeliveryRow | 'lost'> {
    const now = deps.clock.now();
    const sent = afterSend(desk.windows, now, countsForBurst(notification));
    const isFull = isFullDigest(notification.type, notification.data);
    return deps.ledger.claim(claimRow(call, row, now, { request: true }), {
      // What had no room in a digest comes with the next one, when another window is over.
      next: isFull ? withFullBurst(sent, holding.burst, now) : sent,
      ...(desk.windowsTag === undefined ? {} : { tag: desk.windowsTag }),
    });
  }

  function claimRow(
    call: WakeUpCall,
    row: DeliveryRow | undefined,
    now: Instant,
    { request }: { readonly request: boolean },
  ): DeliveryRow {
    return {
      id: { notification: call.notification, conversation: call.conversation },
      version: row?.version ?? 0,
      state: 'claimed',
      leaseUntil: now + deps.claimLease,
      ...(request ? {} : { withoutRequest: true }),
      attempts: (row?.attempts ?? 0) + (request ? 1 : 0),
      unconfirmed: (row?.unconfirmed ?? 0) + (isInDoubt(row) ? 1 : 0),
      // The time that a retry may take begins with the first request, however long it was held back before.
      firstClaimedAt: row === undefined || row.attempts === 0 ? now : row.firstClaimedAt,
      claimedAt: now,
      ...(row?.waitUntil === undefined ? {} : { waitUntil: row.waitUntil }),
      ...(row?.dueAt === undefined ? {} : { dueAt: row.dueAt }),
      ...(row?.undeciphered === undefined ? {} : { undeciphered: row.undeciphered }),
      ...(row?.lastError === undefined ? {} : { lastError: row.lastError }),
      ...(row?.etag === undefined ? {} : { etag: row.etag }),
    };
  }

  /** The one request. From here until the record the result is ours alone to know. */
  async function request(
    call: WakeUpCall,
    row: DeliveryRow,
    notification: Notification,
    { conversation, preferences }: DeliveryDesk & { readonly conversation: Conversation },
  ): Promise<CallOutcome> {
    const timeZone = zoneOf(preferences, conversation, holding.defaultTimeZone);
    const { undeciphered, leaseUntil = Number.POSITIVE_INFINITY } = row;
    const mayAsk = deps.clock.now() < leaseUntil;
    const sent = !mayAsk
      ? tooLate
      : await deps.send(withoutExpired(notification, row), conversation, { timeZone, undeciphered });
    if (sent.kind !== 'sent' && countsForBurst(notification)) await uncount(row);
    return concluding.afterRequest(call, row, sent, { notification, conversation });
  }

  /** Only what was delivered counts for the burst guard. */
  async function uncount({ id, claimedAt }: DeliveryRow): Promise<void> {
    if (claimedAt === undefined) return;
    try {
      await deps.ledger.uncountBurst(id.conversation, claimedAt);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // Nobody is told twice or lost by it: the next message may be held back until the window ends.
      deps.log.warn('burst.uncounted', { conversation: id.conversation, operation: cause.operation });
    }
  }

  /**
   * One that was held back says so on its row when it comes much later than it thought: the sweep would take it for lost,
   * and every call made for it again would want a slot as well.
   */
  async function waitForTurn(
    call: WakeUpCall,
    row: DeliveryRow | undefined,
    { at, askAgain, isHeldBack }: ComeBackAt,
  ): Promise<CallOutcome> {
    // Who made it anew makes it again: while all are held back, such calls would be more and more.
    if (isHeldBack === true && row?.state !== 'deferred' && isMadeAnew(call.hop)) {
      return { kind: 'put-off', until: at, why: 'pace' };
    }
    if (row?.state === 'deferred' && at > deps.clock.now() + LONG) {
      await deps.dueIndex.add({ at: at + GRACE, kind: 'delivery', id: row.id });
      // Lost to somebody else, it is theirs to say.
      await deps.ledger.change({ ...row, dueAt: at });
    }
    const { slotAt: _passed, ...again } = call;
    return putOff(askAgain === true ? again : { ...again, slotAt: at }, at, 'pace');
  }

  async function putOff(
    call: WakeUpCall,
    until: Instant,
    why: Extract<CallOutcome, { readonly kind: 'put-off' }>['why'],
  ): Promise<CallOutcome> {
    await deps.deliveries.send([{ message: { ...call, hop: call.hop + 1 }, at: until }]);
    return { kind: 'put-off', until, why };
  }
}

/** The process stood still between its claim and its request: somebody else may be making that by now. */
const tooLate = { kind: 'failed', code: 'claim-lapsed', surelyNotSent: true } as const;

/** A digest as it is sent now: one of its members may have expired since it was formed. */
function withoutExpired(notification: Notification, { claimedAt }: DeliveryRow): Notification {
  if (claimedAt === undefined || membersOf(notification.type, notification.data) === undefined)
    return notification;
  return { ...notification, data: withMembers(notification.data, (member) => isDue(member, claimedAt)) };
}
