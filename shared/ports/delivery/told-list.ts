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

  /**
   * Lists these, the newest first, wherever they were told. What is listed and not among them was added meanwhile, and
   * stays in front.
   */
  uniteTold(conversation: ConversationKey, notifications: readonly NotificationId[]): Promise<void>;

  /** The newest first, `MOST_LISTED` at most. */
  toldOf(conversation: ConversationKey): Promise<readonly NotificationId[]>;
}

/** The list with these in it: see `ToldList.uniteTold`. */
export function unitedList(
  listed: readonly NotificationId[],
  notifications: readonly NotificationId[],
): readonly NotificationId[] {
  return [...listed.filter((one) => !notifications.includes(one)), ...notifications].slice(0, MOST_LISTED);
}
