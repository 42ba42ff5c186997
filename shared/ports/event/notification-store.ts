import type { Cancellation } from '../../domain/event/cancellation.ts';
import type { Walk } from '../../domain/event/job.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export type { Walk } from '../../domain/event/job.ts';

export interface Marked {
  readonly notification: Notification | undefined;
  readonly cancellation: Cancellation | undefined;
}

/** What was asked for, before anything came of it. */
export interface NotedRequest {
  readonly digest: string;
  /** Whose it is: the `source` of the event. */
  readonly source: string;
}

/** Every method may throw `StoreUnavailable`. */
export interface NotificationStore {
  /**
   * Stores a notification with its content, once: `known` when this id was accepted before (the first one stands, and it alone
   * is listed, by its `acceptedAt`). Content that passes a table property is split.
   */
  acceptNotification(notification: Notification): Promise<'new' | 'known'>;

  findNotification(id: NotificationId): Promise<Notification | undefined>;

  /**
   * Notes what was asked for under this id, known or not; gives the one that stands from now on, which is the first.
   * Repeating it is harmless.
   */
  noteRequest(id: NotificationId, request: NotedRequest): Promise<NotedRequest>;
  findRequest(id: NotificationId): Promise<NotedRequest | undefined>;

  /** The notification and the mark that cancels it, in one read: what a process may keep of them. */
  findMarkedNotification(id: NotificationId): Promise<Marked>;

  /**
   * Marks the notification, known or not, as cancelled at that time, and gives the mark that stands from now on, which is the
   * first one. With `recall` what was shown is to be taken back from then on, also where it was cancelled before. Repeating
   * it is harmless.
   */
  cancelNotification(id: NotificationId, at: Instant, recall?: true): Promise<Cancellation>;
  /** The mark, as it was at most `KNOWN_WITHIN` ago. */
  findCancellation(id: NotificationId): Promise<Cancellation | undefined>;
  /** Adds to a mark how many of its groups nobody had addressed; the first count stands. */
  noteNotAddressed(id: NotificationId, count: number): Promise<void>;

  /**
   * Whether all recipients were named: direct ones addressed and all walks begun. Set once, after all of that. One with lists
   * (`isListed`) has a mark of its own, and the plain one says nothing of it.
   */
  isPlanned(id: NotificationId, as?: 'listed'): Promise<boolean>;
  /** Gives whether it was not planned before. */
  markPlanned(id: NotificationId, as?: 'listed'): Promise<boolean>;

  /** Inserts the walk; leaves one that exists as it is. */
  beginWalk(walk: Walk): Promise<void>;
  /** Moves a walk forward. Never back: a page that runs twice writes the same. */
  advanceWalk(walk: Walk): Promise<void>;
  walksOf(id: NotificationId): Promise<readonly Walk[]>;
}
