import { defined } from '../../domain/defined.ts';
import { days, type Instant } from '../../domain/time.ts';
import type { DateOfYear } from '../phrase/said-day.ts';
import type { Assumption } from './times.ts';

/** Why a time cannot be used. */
export type Reason =
  /** No time was found in the text. */
  | 'no-time'
  /** A time, and nothing to be reminded of. */
  | 'nothing-to-remind-of'
  /** The time is over. */
  | 'in-the-past'
  /** More than a hundred years ahead. */
  | 'too-far-ahead'
  /** 30 February. */
  | 'no-such-date'
  /** `25:00`. */
  | 'no-such-clock'
  /** `every 0 days`. */
  | 'no-such-interval'
  /** `twice a day` does not say when. */
  | 'which-times'
  /** `at 9 and 5`, with nothing that repeats. */
  | 'several-times'
  /** It would end before it begins. */
  | 'ends-before-it-begins'
  /** `5/6`, of which nobody knows whether the day is first. */
  | 'which-date'
  /** `9am IST`: several zones are called so. */
  | 'which-zone'
  /** It names somebody other than whoever asks. */
  | 'somebody-else'
  /** A word of time beside the time that was read was not. */
  | 'time-left'
  /** The zone of the person is none that can be calculated with. */
  | 'unknown-zone';

export type Resolved =
  | {
      readonly ok: true;
      readonly at: Instant;
      /** The same in milliseconds of the local clock, as it was meant: also a time that the clock skips. */
      readonly wall: number;
      readonly zone: string;
      readonly rrule?: string;
      readonly assumed: readonly Assumption[];
    }
  | {
      readonly ok: false;
      readonly reason: Reason;
      /** The date that no year has: 30 February. */
      readonly never?: NoDate;
      /** The dates of which one was meant. */
      readonly either?: readonly DateOfYear[] | undefined;
      /** The zones of which one was meant. */
      readonly zones?: readonly string[] | undefined;
    };

/** A day that a month never has. */
export interface NoDate {
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export const refused = (reason: Reason, never?: NoDate): Resolved => ({
  ok: false,
  reason,
  ...defined({ never }),
});

/** Beyond it nobody means what they say. */
export const LONGEST_AHEAD = days(36_525);
