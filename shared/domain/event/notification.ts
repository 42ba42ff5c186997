import type { NotificationId } from '../ids.ts';
import { type Duration, type Instant, minutes } from '../time.ts';
import type { Topic } from './topic.ts';

/** Whom a notification is for. Recipients that overlap get one delivery. */
export type Recipient =
  | { readonly conversation: string }
  /**
   * An Entra object id or a user id on a channel that vouches for it, on `channel` alone where that is given; reaches the
   * person's most recently active personal conversation.
   */
  | { readonly user: string; readonly channel?: string }
  | { readonly topic: Topic }
  | { readonly everyone: true }
  /** A list that somebody stored under this name. */
  | { readonly audience: Topic }
  | KeptRecipient;

/** One by one who is named: somebody, or a conversation. */
export type DirectRecipient = Extract<
  Recipient,
  { readonly conversation: string } | { readonly user: string }
>;

export function isDirect(entry: Recipient): entry is DirectRecipient {
  return 'conversation' in entry || 'user' in entry;
}

/**
 * Those members of a kind's own group whom the kind selects; no event can name this one. Stored as `{"<audience>Of":
 * <key>}`, as in `{"watchersOf":"<hotel>"}`.
 */
export interface KeptRecipient {
  readonly keptBy: string;
  readonly key: string;
}

export const DeliveryMode = {
  wait: 'wait',
  adHoc: 'adHoc',
  replace: 'replace',
  interrupt: 'interrupt',
} as const;
export type DeliveryMode = (typeof DeliveryMode)[keyof typeof DeliveryMode];

/** How a notification is brought to a person. The fields are those of an event's `data.delivery`. */
export interface DeliveryOptions {
  readonly mode: DeliveryMode;
  /** The longest that `wait` holds back. */
  readonly maxWait: Duration;
  readonly onDeadline: 'deliver' | 'drop';
  /** Nobody is told before it; `local` is by each addressee's own clock, `2026-12-01T09:00:00`. */
  readonly at?: Instant | { readonly local: string };
  /** Past it nobody gets it any more. */
  readonly expiresAt?: Instant;
  /** Passes mute, quiet hours and digest. */
  readonly urgent: boolean;
  /** What happens to a send whose result is unknown: sent once more, or never again and listed. */
  readonly onUnconfirmed: 'resend' | 'park';
  /** Names a thing that changes, among those of its source: the next state of it changes what was told of the one before. */
  readonly key?: string;
  /** How, where something was told already. Default: `update`. */
  readonly onRepeat?: OnRepeat;
  /** It is the last state: the next one begins a new message. */
  readonly last?: boolean;
}

/** What becomes of the message that tells of an earlier state: it changes in place, is answered to, or closed. */
export const OnRepeat = { update: 'update', reply: 'reply', new: 'new' } as const;
export type OnRepeat = (typeof OnRepeat)[keyof typeof OnRepeat];

export const defaultDelivery: DeliveryOptions = {
  mode: DeliveryMode.wait,
  maxWait: minutes(10),
  onDeadline: 'deliver',
  urgent: false,
  onUnconfirmed: 'resend',
};

/** A JSON object as it came over a wire. */
export type JsonObject = { readonly [name: string]: unknown };

/** What a person is shown. At least one of text and card is there. */
export interface Content {
  /** Markdown; begins the activity's `text`, unchanged. */
  readonly text?: string;
  /** An Adaptive Card. */
  readonly card?: JsonObject;
  /** The card with less on it, where the channel takes no more. */
  readonly briefer?: JsonObject;
  /** Plain text for notifications on a lock screen and for clients that show no card. */
  readonly summary?: string;
  /** The summary says less than the card: where no card is shown, all that the card says stands in its place. */
  readonly isSummaryShort?: true;
  /** The channel's id of the thread to say it in, of the place where it goes; absent: at the top. */
  readonly thread?: string;
}

/**
 * A notification: an accepted event together with whom it is for and how it is delivered. Stored once,
 * however many people it is for; what a person is shown is rendered from `data` by the catalog entry of `type`.
 */
export interface Notification {
  readonly id: NotificationId;
  readonly type: string;
  readonly source: string;
  readonly eventId: string;
  readonly subject?: string;
  /** When it happened, by the event. */
  readonly time: Instant;
  readonly acceptedAt: Instant;
  readonly data: JsonObject;
  readonly to: readonly Recipient[];
  /** Who of them is not told: persons, conversations, subscribers of topics, stored audiences. Empty once they were forgotten. */
  readonly except?: readonly Recipient[];
  readonly delivery: DeliveryOptions;
  /** CloudEvents' extension: which of two states of one key is the newer one. */
  readonly sequence?: string;
  /** W3C trace context of the event, carried through every queue to the log lines. */
  readonly traceparent?: string;
  /** What is said to this one person beside `data`; never part of the stored notification. */
  readonly particulars?: JsonObject;
}

/**
 * Whether a list has to be made of it before anybody is told: it names a stored audience, or somebody who is not to be told. A
 * release that knows neither must not plan it.
 */
export function isListed({ to, except }: Pick<Notification, 'to' | 'except'>): boolean {
  return except !== undefined || to.some((entry) => 'audience' in entry);
}
