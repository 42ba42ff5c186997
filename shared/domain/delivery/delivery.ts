import { defined } from '../defined.ts';
import type { Notification } from '../event/notification.ts';
import type { ConversationKey, NotificationId } from '../ids.ts';
import { isConversationKey, isNotificationId } from '../ids.ts';
import { type Duration, hours, type Instant } from '../time.ts';
import type { FailureMeaning } from './failure.ts';
import type { Undeciphered } from './undeciphered.ts';

/** Names one delivery: one notification to one conversation. */
export interface DeliveryId {
  readonly notification: NotificationId;
  readonly conversation: ConversationKey;
}

/** Every final outcome that a delivery can have; each addressed conversation ends with exactly one. */
export const Outcome = {
  delivered: 'delivered',
  suppressed: 'suppressed',
  expired: 'expired',
  dropped: 'dropped',
  rejected: 'rejected',
  exhausted: 'exhausted',
  unconfirmed: 'unconfirmed',
  noSuchRecipient: 'no-such-recipient',
  cancelled: 'cancelled',
  /** A message that was there changed in place. */
  updated: 'updated',
  /** A newer state of the same key was told in its place. */
  superseded: 'superseded',
  /** Taken back after it was shown: the one outcome that follows another. */
  recalled: 'recalled',
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** States of a delivery that is not final. */
export const Pending = { queued: 'queued', deferred: 'deferred', retrying: 'retrying' } as const;
export type Pending = (typeof Pending)[keyof typeof Pending];

export type DeferralReason = 'waiting' | 'quiet-hours' | 'burst';

/** What the report of a delivery says that waits for its time; no row says it, since nobody has looked at it yet. */
export const SCHEDULED = 'scheduled';

/** Why an outcome came about, where the outcome alone does not say it. */
export type OutcomeReason =
  | 'muted'
  | 'unsubscribed'
  | 'blocked'
  | 'uninstalled'
  | 'disabled-by-admin'
  | 'forgotten'
  | 'too-large'
  | 'gone'
  | 'not-registered'
  | 'untrusted-service-url'
  | 'refused'
  | NobodyReason;

/** Why by an entry of `to` nobody is meant. */
export const NobodyReason = {
  unknownUser: 'unknown-user',
  unknownConversation: 'unknown-conversation',
  unknownAudience: 'unknown-audience',
  ambiguous: 'ambiguous',
  directoryRefused: 'directory-refused',
  directoryAway: 'directory-away',
} as const;
export type NobodyReason = (typeof NobodyReason)[keyof typeof NobodyReason];

/** The last fault of a delivery. */
export interface DeliveryError {
  /** Where it came from: the channel (`http-<status>`), the way there (`network`), our own store (`store`). */
  readonly class: string;
  readonly code: string;
  readonly meaning?: FailureMeaning;
}

/** What ended without reaching the person, and not by anybody's wish: it can be replayed. */
export function isReplayable(outcome: Outcome): boolean {
  return outcome === Outcome.rejected || outcome === Outcome.exhausted || outcome === Outcome.unconfirmed;
}

/**
 * The delivery's row in the conversation's partition: absent until a worker claims it.
 *
 * ```
 * (absent, version 0) --claim--> claimed --recorded in the report--> final
 *                                   |  ^
 *              surely not sent, or  |  | claim of the next version,
 *              unknown for the      v  | when it is due
 *              first time        retrying / deferred
 * ```
 * `version` rises with each change of state other than a claim. A wake-up call older than the row is stale.
 *
 * Deferred ones that are let go together leave this way: `deferred --joins a digest--> joined`, and end as the digest
 * does, which is a delivery like any other.
 */
export interface DeliveryRow {
  readonly id: DeliveryId;
  readonly version: number;
  /**
   * `moved`: told in another conversation with the same person, so nothing is sent here.
   * `joined`: told by a digest, so nothing is sent for it alone.
   */
  readonly state: 'claimed' | 'deferred' | 'retrying' | 'moved' | 'joined';
  /** The addressee whose delivery tells the person (`moved`); to the former release, the conversation of before. */
  readonly movedFrom?: ConversationKey;
  /** The digest that tells the person (`joined`). */
  readonly digest?: NotificationId;
  /** Of a digest: the one that was formed before it for the same conversation, which goes out first. */
  readonly behind?: NotificationId;
  /** Until when the claim holds; a claim found past it without an outcome has an unknown result. */
  readonly leaseUntil?: Instant;
  /**
   * Nothing about the claim is in doubt: it was made to record an outcome by policy, or for a change of a message, which
   * may be repeated.
   */
  readonly withoutRequest?: true;
  /** When the next wake-up call is due (`deferred`, `retrying`). */
  readonly dueAt?: Instant;
  readonly deferral?: DeferralReason;
  /** The deadline of one that waits for a dialog, set when it first had to wait. */
  readonly waitUntil?: Instant;
  /** When the last claim was made. */
  readonly claimedAt?: Instant;
  /** Requests made so far, the claimed one included. */
  readonly attempts: number;
  /** How many of them ended without a known result. */
  readonly unconfirmed: number;
  readonly firstClaimedAt: Instant;
  /** Absent in what a former release wrote again: the count then begins anew. */
  readonly undeciphered?: Undeciphered;
  readonly lastError?: DeliveryError;
  /** Opaque: the store's version tag of the row as it was read. */
  readonly etag?: string;
}

/** The final record of a delivery, as the report gives it. */
export interface DeliveryResult {
  readonly outcome: Outcome;
  readonly reason?: OutcomeReason;
  readonly at: Instant;
  readonly attempts: number;
  /** Sends beyond the first whose predecessor had an unknown result: the person may have seen it that often more. */
  readonly repeats: number;
  /** The channel's id of the sent activity, where it gave one. */
  readonly activityId?: string;
  /** The channel's id of the conversation in which it was shown, where that is known. */
  readonly shownIn?: string;
  /** The same of the conversation that the last request was made to, where that is known and nothing was shown. */
  readonly triedIn?: string;
  /** When somebody alone read it, as far as the channel tells, or pressed a button of it. */
  readonly readAt?: Instant;
  /** Why it was not taken back, where somebody wanted it to be. */
  readonly notRecalled?: string;
  readonly lastError?: DeliveryError;
}

/** No claim holds longer, whatever the settings say. */
export const LONGEST_LEASE: Duration = hours(1);

/** Whether a claim that nobody recorded leaves in doubt what the person saw. */
export function isInDoubt(row: DeliveryRow | undefined): boolean {
  return row?.state === 'claimed' && row.withoutRequest !== true;
}

/** `<notification>.<conversation>` */
export function formatDeliveryId(id: DeliveryId): string {
  return `${id.notification}.${id.conversation}`;
}

export function parseDeliveryId(text: string): DeliveryId | undefined {
  const [notification, conversation, ...more] = text.split('.');
  if (notification === undefined || conversation === undefined || more.length > 0) return undefined;
  return isNotificationId(notification) && isConversationKey(conversation)
    ? { notification, conversation }
    : undefined;
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
    ...defined({ reason, lastError: row.lastError }),
  };
}

/** Sends that followed one whose result was unknown. The last of an unconfirmed delivery was followed by none. */
function repeatsOf({ unconfirmed }: DeliveryRow, outcome: Outcome): number {
  if (outcome === Outcome.delivered) return Math.min(unconfirmed, 1);
  return outcome === Outcome.unconfirmed ? Math.max(0, unconfirmed - 1) : 0;
}
