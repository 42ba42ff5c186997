import type { ConversationKey, NotificationId } from '../../domain/ids.ts';

/** So many are listed for one conversation: the newest. */
export const MOST_LISTED = 50;

/**
 * A list of what a conversation was sent, by ids: digests and what was cut, by which `missed` finds them, or what asked
 * something, by which a choice said alone finds its question. Whether it was delivered, and whether it is still kept, is
 * for who reads it to see. Every method may throw `StoreUnavailable`.
 */
export interface ToldList {
  /** Puts a notification at the front of the list; one that is listed stays where it is. */
  addTold(conversation: ConversationKey, notification: NotificationId): Promise<void>;

  /** The newest first, `MOST_LISTED` at most. */
  toldOf(conversation: ConversationKey): Promise<readonly NotificationId[]>;
}
