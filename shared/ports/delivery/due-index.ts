import type { ForgetRequest } from '../../domain/conversation/forgetting.ts';
import type { DeliveryId } from '../../domain/delivery/delivery.ts';
import type { KindWork, Walk } from '../../domain/event/job.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Something that must have happened by `at`; the sweep looks after what has not. */
export type DueEntry = { readonly at: Instant } & (
  | { readonly kind: 'delivery'; readonly id: DeliveryId }
  /** Conversations in (after, upTo] that were addressed and enqueued together. */
  | {
      readonly kind: 'page';
      readonly notification: NotificationId;
      readonly after?: ConversationKey;
      readonly upTo: ConversationKey;
    }
  /** A walk, and how far it had come when the entry was made: one that has gone on since needs no help. */
  | {
      readonly kind: 'walk';
      readonly walk: Pick<Walk, 'notification' | 'group' | 'tenant' | 'dueAt'>;
      readonly after?: ConversationKey;
    }
  | { readonly kind: 'plan'; readonly notification: NotificationId }
  /** A notification with lists, planned by a job of its own; `dueAt` as in the job. Another release leaves it where it is. */
  | { readonly kind: 'listed'; readonly notification: NotificationId; readonly dueAt?: Instant }
  /** Work of a kind's own. */
  | ({ readonly kind: 'work' } & KindWork)
  /** Somebody who asked to be forgotten: looked after until everything is gone, and once more when their day is over. */
  | { readonly kind: 'forgetting'; readonly request: ForgetRequest }
  /** From then on nobody needs it any more. */
  | { readonly kind: 'old-notification'; readonly notification: NotificationId }
  | { readonly kind: 'old-parked'; readonly parked: string }
);

/**
 * Everything that is not final, by the minute it is due in: what is read follows what is due, not what is pending.
 * Every method may throw `StoreUnavailable`; each write may be repeated without harm.
 */
export interface DueIndex {
  addDue(entry: DueEntry): Promise<void>;
  removeDue(entry: DueEntry): Promise<void>;
  /**
   * Up to `limit` (1..1000) entries due at or before `until`, by minute, oldest first; with `after`, an entry that an
   * earlier page gave, those behind it, whether or not it is still there.
   */
  findOverdue(until: Instant, limit: number, after?: DueEntry): Promise<readonly DueEntry[]>;
  /** Up to `limit` (1..1000) entries due in a minute behind that of `from`, oldest first. */
  findDueBeyond(from: Instant, limit: number): Promise<readonly DueEntry[]>;
}
