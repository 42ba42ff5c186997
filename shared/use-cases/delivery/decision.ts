import type { EntryOf } from '../../catalog/entry.ts';
import type { SuppressionReason } from '../../domain/conversation/conversation.ts';
import type {
  DeferralReason,
  DeliveryResult,
  DeliveryRow,
  Outcome,
  OutcomeReason,
} from '../../domain/delivery/delivery.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import type { RateLimit } from '../../domain/delivery/pace.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import type { Ahead, Living } from '../../domain/living/living.ts';
import type { Duration, Instant } from '../../domain/time.ts';
import type { DeliveryDesk } from '../../ports/delivery/ledger.ts';
import type { TurnLater } from '../../ports/delivery/pace.ts';
import type { KeyedMember } from '../holding-back/leave-out-cancelled.ts';

/** The settings by which messages are held back. */
export interface HoldingSettings {
  readonly burst: RateLimit;
  readonly dialogIdle: Duration;
  readonly defaultTimeZone: string;
  /** A kind may say of its notifications that nothing holds them back. */
  readonly entryOf: EntryOf;
}

/** The settings by which it is decided what comes next of a delivery. */
export interface Rules {
  readonly holding: HoldingSettings;
  readonly threadLimits: readonly RateLimit[];
  readonly claimLease: Duration;
}

/** What is known of a delivery before its request; what is `undefined` was not looked at yet. */
export interface Known {
  readonly call: WakeUpCall;
  readonly notification: Notification;
  readonly now: Instant;
  /** Absent when nobody has looked at the delivery yet. */
  readonly row: DeliveryRow | undefined;
  /** The row of the notification's key, where it has one and there is such a row. */
  readonly living?: Living;
  /** What is known of another state's request for the same key. */
  readonly ahead?: Ahead;
  /** Of a digest: its members that have keys, whose rows its claim writes. */
  readonly keyed?: readonly KeyedMember[];
  /** Whether somebody cancelled the notification. */
  readonly isCancelled?: boolean;
  /** Whether it has its outcome already. */
  readonly isSettled?: boolean;
  readonly desk?: DeliveryDesk;
  /** Whether its kind still wants it told: a reminder may have been cancelled since. */
  readonly isMeant?: boolean;
  /** Of one that was held back: whether the person still wants to hear of it. */
  readonly isWanted?: boolean;
  /** Of one that was held back: nothing else is let go together with it. */
  readonly isAlone?: boolean;
  /** The digest that goes out before it, where there is one. */
  readonly before?: DigestBefore;
  /** Whether a request may be made at the tenant's rate. */
  readonly turn?: 'go' | TurnLater;
  readonly answered?: never;
}

/** How the digest stands that goes out before a delivery. */
export type DigestBefore =
  /** It has its outcome; `toldAt` where the person may have seen it. */
  | { readonly isOver: true; readonly toldAt?: Instant }
  /** `isHeld`: by something else than other messages. */
  | { readonly isOver: false; readonly dueAt: Instant; readonly isHeld: boolean };

/** What is known of a delivery after its request, made or refused under the claim `row`. */
export interface Answered extends Pick<Known, 'notification'> {
  readonly row: DeliveryRow;
  readonly answered: {
    readonly answer: Answer;
    readonly at: Instant;
    /** A number in [0, 1), by which those who failed together come apart. */
    readonly random: number;
  };
}

/** Why a call comes later; the row says `deferred` for the first three, and `retrying` after a request. */
export type LaterReason =
  | DeferralReason
  | 'retry'
  | 'lease'
  | 'early'
  | 'thread-limit'
  | 'pace'
  | 'race'
  | 'record'
  | 'moved'
  | 'scheduled'
  | 'key';

/** It may not go out yet: it is looked at again at `until`, or when the reason ends. */
export interface Hold {
  readonly do: 'hold';
  readonly reason: DeferralReason;
  readonly until: Instant;
  /** The deadline of one that waits for a dialog. */
  readonly waitUntil?: Instant;
  /** A digest goes out before it: nothing ends that early. */
  readonly isBehind?: true;
}

/** It is over without a request, by its own wishes or the person's. */
export interface Final {
  readonly do: 'final';
  readonly outcome: Outcome;
  readonly reason?: OutcomeReason;
}

/** The call comes once more, later; `spread`: somewhere in so much time behind `until`. */
export interface CallLater {
  readonly do: 'later';
  readonly why: LaterReason;
  readonly until: Instant;
  readonly spread?: Duration;
  /** The claim's lease ends later than any can, and is shortened to this. */
  readonly lease?: Instant;
  /** What the call carries: a slot that was taken for it, or none any more. */
  readonly slotAt?: Instant | 'none';
  /** So late that the row has to say so, or the sweep would take the delivery for lost. */
  readonly isNoted?: boolean;
  /** Whoever made the call makes it again: none is made here. */
  readonly isMadeByOthers?: boolean;
}

/** What comes next of a delivery that was answered: its end, or another request. */
export type Ending = (
  | { readonly do: 'record'; readonly result: DeliveryResult; readonly suppress?: Suppression }
  | { readonly do: 'retry'; readonly row: DeliveryRow; readonly dueAt: Instant }
) & {
  /** The channel asks everybody of the tenant for patience. */
  readonly holdTenantUntil?: Instant;
  /** An operator has to mend what the channel refuses. */
  readonly alarm?: 'refused' | 'untrusted';
  /** The message that was to be changed is not there, or its channel changes none (`isFixed`). */
  readonly gone?: { readonly isFixed: boolean };
};

export interface Suppression {
  readonly reason: SuppressionReason;
  readonly at: Instant;
}

/** What comes next of a delivery. */
export type Decision =
  /** More has to be known first. */
  | { readonly do: 'look'; readonly at: 'outcome' | 'desk' | 'wish' | 'digest' | 'turn' | 'key' }
  /** The call has nothing to do any more. */
  | { readonly do: 'stop'; readonly as: 'stale' | 'settled' }
  /** It ends as another delivery does, which tells the person in its place. */
  | { readonly do: 'follow-digest'; readonly digest: NotificationId }
  | { readonly do: 'follow-moved'; readonly from: ConversationKey }
  /** The conversation is another addressee's, who is told in its place. */
  | { readonly do: 'hand-over'; readonly to: ConversationKey }
  /** It was told: under another conversation's name, which is not known any more, or as the row of its key says (`ids`). */
  | { readonly do: 'told'; readonly ids?: Pick<DeliveryResult, 'activityId' | 'shownIn'> }
  /** A request's result stays unknown, and none may follow it. */
  | { readonly do: 'give-up' }
  | CallLater
  | Final
  | Hold
  /** Perhaps others are let go together with it: then a digest tells them all. */
  | { readonly do: 'join' }
  /** There is no room in the conversation: a moment at the end of its line, or `at` where that is too late. */
  | { readonly do: 'line-up'; readonly at?: Instant; readonly spread?: Duration }
  | { readonly do: 'claim' };

/** A later call was made, or is made by whoever made this one. */
export interface Later {
  readonly kind: 'later';
  readonly until: Instant;
  readonly why: LaterReason;
}

/** What became of one wake-up call. Whatever it is, the message is done with. */
export type CallOutcome =
  | { readonly kind: 'recorded'; readonly result: DeliveryResult }
  /** The delivery has moved on since the call was made, or is unknown. */
  | { readonly kind: 'stale' }
  /** It has its outcome already. */
  | { readonly kind: 'settled' }
  /** It became part of a digest, which is a delivery of its own. */
  | { readonly kind: 'joined' }
  | Later;
