import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { DueEntry } from '../delivery/due-index.ts';

/** A notification for one conversation, with what looks after it. */
export interface Announced {
  readonly notification: Notification;
  readonly conversation: ConversationKey;
  /** Written before the notification, so that nothing is kept that nobody would find. */
  readonly dueEntries: readonly DueEntry[];
}

/** Keeps notifications that are for one conversation each, many at a time. May throw `StoreUnavailable`. */
export interface AnnouncementStore {
  /**
   * Keeps each one together with its addressed recipient and its plan mark, all three or none; one that is known stays
   * as it is. May be repeated without harm. When it throws, some of them may be kept.
   */
  keep(announced: readonly Announced[]): Promise<void>;
}
