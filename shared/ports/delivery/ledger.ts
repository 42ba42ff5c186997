import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { DialogStatus } from '../../domain/conversation/dialog-status.ts';
import type { Preferences } from '../../domain/conversation/preferences.ts';
import type { Reach } from '../../domain/conversation/reach.ts';
import type { DeliveryId, DeliveryResult, DeliveryRow, Pending } from '../../domain/delivery/delivery.ts';
import type { Line, RateLimit, SendWindows } from '../../domain/delivery/pace.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import type { Living } from '../../domain/living/living.ts';
import type { Instant } from '../../domain/time.ts';

/** What a worker needs to know of a conversation before it sends: read in one query. */
export interface DeliveryDesk {
  /** Of an addressee: the conversation in which they are told. */
  readonly conversation: Conversation | undefined;
  /** Another addressee has this conversation: it is theirs to be told. */
  readonly belongsTo?: ConversationKey;
  /** Of an addressee with several conversations. */
  readonly reach?: Reach;
  readonly windows: SendWindows;
  /** Opaque version tag of the windows; absent when there is no such row yet. */
  readonly windowsTag?: string;
  /** The calls that wait for room in the conversation, each with its moment; absent where none ever did. */
  readonly line?: Line;
  /** Absent where none was ever formed. */
  readonly lastDigest?: LastDigest;
  readonly preferences: Preferences;
  /** Of the conversation in which they are told; absent when no dialog was ever begun there. */
  readonly dialog?: DialogStatus;
}

/** The digest that was formed last for a conversation, with the opaque version tag of what says so. */
export interface LastDigest {
  readonly id: NotificationId;
  readonly tag: string;
}

/** What a call says that has to wait for room: what was sent, by which limits there is no room, and its clock. */
export interface AskedForMoment {
  readonly sent: SendWindows;
  readonly limits: readonly RateLimit[];
  readonly now: Instant;
}

/** A delivery without outcome, as the report shows it. */
export interface PendingResult {
  readonly outcome: undefined;
  readonly state: Pending;
  readonly waiting?: string;
}

/**
 * The record of who got what. Two kinds of row:
 *
 * - the **delivery row**, in the conversation's partition, made by a claim: what is under way;
 * - the **report row**, in the notification's partition, made when the recipient is addressed and completed with
 *   the outcome: what is final. It alone says that a delivery is over.
 *
 * Order of writes: report row (addressed) -> wake-up call -> claim -> the request -> report row (outcome).
 * A crash between claim and outcome leaves a claim whose lease runs out: its result is unknown.
 * Every method may throw `StoreUnavailable`.
 */
export interface Ledger {
  findDesk(conversation: ConversationKey): Promise<DeliveryDesk>;

  /** The delivery row; `undefined` when nobody has claimed the delivery yet. */
  findDelivery(id: DeliveryId): Promise<DeliveryRow | undefined>;

  /**
   * Writes the row as claimed together with the conversation's windows, both or neither. Gives the row with the
   * `etag` that the write made, or `lost` when somebody else wrote either of them since it was read (`row.etag`,
   * `windows.tag`; absent: must not exist). `windows` is left out where no request follows (an outcome by policy). The rows
   * of keys, where there are any, are written together with them, and lost with them; `livingTag` is the new tag of the
   * first, where it is known. At most 90 of them.
   */
  claimDelivery(
    row: DeliveryRow,
    windows?: { readonly next: SendWindows; readonly tag?: string },
    living?: readonly Living[],
  ): Promise<(DeliveryRow & { readonly livingTag?: string }) | 'lost'>;

  /**
   * Writes a changed row if `row.etag` is still the stored one (absent: must not exist): the row with its new `etag`, or
   * `lost`.
   */
  changeDelivery(row: DeliveryRow): Promise<DeliveryRow | 'lost'>;

  /**
   * Writes the row as deferred, as `change` does, or makes it where there is none (`row.etag` absent), and lists it among
   * the deferred of its conversation, both or neither.
   */
  deferDelivery(row: DeliveryRow): Promise<DeliveryRow | 'lost'>;

  /** The deferred deliveries of a conversation, in no particular order: what is read follows what is deferred. */
  deferredDeliveries(conversation: ConversationKey): Promise<readonly DeliveryRow[]>;

  /**
   * Deliveries of a conversation whose last request was made since `from`, the newest first, `most` at most. For what
   * people point at: it reads every delivery that is kept of the conversation, 10,000 at most.
   */
  deliveriesLately(
    conversation: ConversationKey,
    page: { readonly from: Instant; readonly most: number },
  ): Promise<readonly { readonly notification: NotificationId; readonly at: Instant }[]>;

  /**
   * Makes the row of a digest, which is the conversation's last one from then on, and changes its members' rows, all or none;
   * `lost` when any of them was written since it was read, the digest is there already, or another one is the last by now
   * (`lastTag` as the desk gave it; absent: there was none). 1 to 98 members, all of the digest's conversation.
   */
  joinDigest(
    digest: DeliveryRow,
    members: readonly DeliveryRow[],
    lastTag?: string,
  ): Promise<'joined' | 'lost'>;

  /**
   * Takes back a message that a claim at `claimedAt` counted for the burst guard and that was not delivered. Gives up
   * after a few lost races: a message too many in the count goes out by itself when the window ends.
   */
  uncountBurst(conversation: ConversationKey, claimedAt: Instant): Promise<void>;

  /**
   * Counts requests that were made outside any delivery (replies) into the conversation's windows. After a few lost
   * races it gives up: the count is a courtesy to the limits, not a record.
   */
  countSends(conversation: ConversationKey, count: number, at: Instant): Promise<void>;

  /** Writes the windows if they are still those that were read with `tag`: a count that is lost is a courtesy less. */
  noteSends(conversation: ConversationKey, windows: SendWindows, tag: string | undefined): Promise<void>;

  /**
   * Takes a moment at the end of the conversation's line (see `lineUp`), behind what was `sent` there. No two calls are
   * given the same, whichever process asks. A moment whose call never comes is left unused.
   */
  lineUp(conversation: ConversationKey, asked: AskedForMoment): Promise<Instant>;

  /**
   * Addresses up to 100 conversations: makes their report rows, leaving those that exist as they are. Those who are addressed as
   * `named`, and not as members of a group, are told apart from then on.
   */
  addressRecipients(
    notification: NotificationId,
    conversations: readonly ConversationKey[],
    as?: 'named',
  ): Promise<void>;

  /** Records a recipient of the event that names nobody who is known. `label` is a hash, not the name. */
  recordUnknown(notification: NotificationId, label: string, result: DeliveryResult): Promise<void>;

  /** Takes an unknown recipient off the report, who is planned once more. May be repeated without harm. */
  forgetUnknown(notification: NotificationId, label: string): Promise<void>;

  /** The final record: once there, it stays (a second call changes nothing) unless it is withdrawn. */
  recordOutcome(id: DeliveryId, result: DeliveryResult): Promise<void>;

  /**
   * Takes back an outcome, if it is still the one that was `seen`; gives whether it was. Only for a delivery whose row
   * was opened again first: until then the outcome is what keeps everybody from sending.
   */
  withdrawOutcome(id: DeliveryId, seen: DeliveryResult): Promise<boolean>;

  /** Says on the report that a message was taken back, or why not; does nothing where there is no outcome. */
  noteRecall(id: DeliveryId, made: Recalled): Promise<void>;

  /** Says on the report when a message was read; does nothing where there is no outcome. The first time stands. */
  noteRead(id: DeliveryId, at: Instant): Promise<void>;

  /** Says on the report what a delivery without outcome is waiting for. Never touches an outcome. */
  recordPending(id: DeliveryId, state: Pending, waiting?: string): Promise<void>;

  /** The outcome; `undefined` while there is none. */
  findOutcome(id: DeliveryId): Promise<DeliveryResult | undefined>;

  /**
   * Addressed conversations in key order within (after, upTo] that have no outcome, or of those who were addressed as `named`;
   * without a range, all.
   */
  unfinishedDeliveries(
    notification: NotificationId,
    range?: { readonly after?: ConversationKey; readonly upTo: ConversationKey } | 'named',
  ): Promise<readonly ConversationKey[]>;

  /** Counts of all report rows, exact, by outcome and by pending state. */
  countOutcomes(notification: NotificationId): Promise<ReportCounts>;

  /** Report rows in key order, `limit` 1..1000. */
  listResults(
    notification: NotificationId,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{
    readonly items: readonly {
      readonly conversation: string;
      readonly result: DeliveryResult | PendingResult;
    }[];
    readonly after?: string;
  }>;
}

/** What the wish to take a message back came to. */
export type Recalled = 'recalled' | { readonly refused: string };

export interface ReportCounts {
  /** `{ delivered: 12, suppressed: 1 }`; outcomes that nobody has are left out. */
  readonly outcomes: { readonly [outcome: string]: number };
  /** `{ queued: 3, deferred: 1 }` */
  readonly pending: { readonly [state: string]: number };
  readonly addressed: number;
  /** How many of those who were shown a message are known to have read it. */
  readonly read: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
}
