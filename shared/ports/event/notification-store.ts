import type { Walk } from '../../domain/event/job.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';

export type { Walk } from '../../domain/event/job.ts';

/** Every method may throw `StoreUnavailable`. */
export interface NotificationStore {
  /**
   * Stores a notification with its content, once: `known` when this id was accepted before (the first one stands).
   * Content that passes a table property is split.
   */
  accept(notification: Notification): Promise<'new' | 'known'>;

  find(id: NotificationId): Promise<Notification | undefined>;

  /** Whether all recipients were named: direct ones addressed and all walks begun. Set once, after all of that. */
  isPlanned(id: NotificationId): Promise<boolean>;
  markPlanned(id: NotificationId): Promise<void>;

  /** Inserts the walk; leaves one that exists as it is. */
  beginWalk(walk: Walk): Promise<void>;
  /** Moves a walk forward. Never back: a page that runs twice writes the same. */
  advanceWalk(walk: Walk): Promise<void>;
  walks(id: NotificationId): Promise<readonly Walk[]>;
}
