import { type Duration, type Instant, milliseconds, minutes, seconds } from '../time.ts';
import { nextSlot, SLOT_GOOD_FOR, type Slots, slotAt } from './pace.ts';

/** Longer waits become scheduled messages: nothing sleeps in a function. */
const LONGEST_WAIT: Duration = milliseconds(250);

/** How far ahead slots are taken for requests that have none; who would wait longer comes later without one. */
export const LONGEST_AHEAD: Duration = minutes(10);

/** Those who come later without a slot do so one after the other, over two minutes and a half: they are many. */
const BETWEEN_QUESTIONS: Duration = milliseconds(50);
export const QUESTIONS_IN_A_ROUND = 3000;

/** How often instances exchange what was late: several times a window, so that it is known before it matters. */
export const BETWEEN_COMPARISONS: Duration = milliseconds(150);

/** So often each says that it is there, while there is traffic: also when nothing was late. */
export const TELLS_EVERY: Duration = seconds(10);

/** A slot begins no sooner than a claim takes that has to be written before. */
export const LEAD: Duration = milliseconds(20);

/** Calls that come so late are more than can be handled, and slots are given out no sooner than so much later. */
export const OVERLOADED: Duration = seconds(2);
export const BETWEEN_SLOWDOWNS: Duration = seconds(1);

/** What became of the wish for some slots. */
export type Reservation =
  | {
      readonly slots: Slots;
      /** How long no slot right before them was taken; infinite where there was none. */
      readonly idle: Duration;
    }
  | { readonly laterAt: Instant };

/** A slot that was taken, and how much before it the request may depart; or when to come for one, later. */
export interface Taken {
  readonly at: Instant;
  readonly early?: Duration;
  readonly isWithoutSlot?: true;
}

/** What a slot is worth that was reserved for a request before: it is good, or was missed by so much, or there is none. */
export function reservedSlot(
  reserved: Instant | undefined,
  now: Instant,
): { readonly good?: Instant; readonly lateBy: Duration } {
  // One that lies further ahead than any is none.
  if (reserved === undefined || nextSlot(reserved, now) !== reserved) return { lateBy: 0 };
  const lateBy = now - reserved;
  return lateBy > SLOT_GOOD_FOR ? { lateBy } : { good: reserved, lateBy: 0 };
}

/** What the `index`th of those who reserved together is given; `question` counts those who come later without a slot. */
export function takenOf(reserved: Reservation, index: number, question: number): Taken {
  if ('laterAt' in reserved) {
    return { at: reserved.laterAt + question * BETWEEN_QUESTIONS, isWithoutSlot: true };
  }
  // Where nobody is before them the claims set the time: as much as they depart early passed unused before.
  return { at: slotAt(reserved.slots, index), early: reserved.idle >= 2 * LEAD ? LEAD : 0 };
}

/** Whether a request that departs at `at` may go to its claim now. */
export function isSoon(at: Instant, now: Instant): boolean {
  return at - now <= LONGEST_WAIT;
}
