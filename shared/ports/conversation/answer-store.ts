import type { ConversationKey, NotificationId, PersonKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Whose answer to what. In a group each person answers; in a personal conversation there is no `person`. */
export interface AnswerId {
  readonly notification: NotificationId;
  readonly conversation: ConversationKey;
  readonly person?: PersonKey;
}

/** What somebody answered to a notification's question. */
export interface StoredAnswer {
  readonly id: AnswerId;
  readonly choice: string;
  readonly at: Instant;
  /** Names the activity that brought it: the same activity again is no second answer. */
  readonly turn: string;
}

/** What people answered. Every method may throw `StoreUnavailable`; each write may be repeated without harm. */
export interface AnswerStore {
  /** Keeps the first answer: gives the one that stands, and whether its outcome was published. */
  keep(answer: StoredAnswer): Promise<{ readonly stands: StoredAnswer; readonly isPublished: boolean }>;
  /** Remembers that the service that asked was told. */
  markPublished(id: AnswerId): Promise<void>;
}
