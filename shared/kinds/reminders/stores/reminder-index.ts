import type { Instant } from '../../../domain/time.ts';
import type { DueReminder } from '../model/reminder.ts';

/**
 * What is to be told, by the minute it is due in: reading what is due costs what is due, however much is pending.
 * An entry stands until it is removed, so one that a tick did not get to is found by the next.
 *
 * Written before the reminder it is about: an entry may be an orphan, and a reminder is never without one.
 * Every method may throw `StoreUnavailable`; each write may be repeated without harm.
 */
export interface ReminderIndex {
  add(due: DueReminder): Promise<void>;
  /** Writes an entry in the place of the one that is there for the same telling; where none is, none is made. */
  rewrite(due: DueReminder): Promise<void>;
  remove(due: readonly DueReminder[]): Promise<void>;
  /** Everything due at or before `until`, oldest minute first, in pages of `limit` (1..1000) at most. */
  due(until: Instant, limit: number): AsyncIterable<readonly DueReminder[]>;
}
