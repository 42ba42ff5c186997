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

/** An answer as it is kept. */
export interface KeptAnswer {
  readonly stands: StoredAnswer;
  /** Rises with each answer of the same person to the same question. */
  readonly sequence: number;
  /** Whether the service that asked was told of this very answer. */
  readonly isPublished: boolean;
}

/** What people answered. Every method may throw `StoreUnavailable`; each write may be repeated without harm. */
export interface AnswerStore {
  /** Keeps the answer in the place of an earlier one: the last counts. The same activity again changes nothing. */
  keepAnswer(answer: StoredAnswer): Promise<KeptAnswer>;
  /** The answer that stands; `undefined` where there is none. */
  findAnswer(id: AnswerId): Promise<KeptAnswer | undefined>;
  /**
   * How many answers in one conversation stand for each choice; what nobody chose is left out. It reads each answer there,
   * 10,000 at most.
   */
  count(notification: NotificationId, conversation: ConversationKey): Promise<ReadonlyMap<string, number>>;
  /** Remembers that the service that asked was told of the answer that this activity brought, if it still stands. */
  markPublished(id: AnswerId, turn: string): Promise<void>;
}

/** By which the last answer is known, wherever clocks differ. */
export function sequenceAfter(before: Pick<KeptAnswer, 'sequence'> | undefined, at: Instant): number {
  return before === undefined ? at : Math.max(before.sequence + 1, at);
}
