import type { Day } from '../local-time.ts';

/** A day as somebody says it: which one it is depends on the day it is said on. */
export interface SaidDay {
  /**
   * The day that is meant on a day. `isOver` tells of a day that it is no longer to come; a day that says which year it
   * is in is given even so. `undefined` when there is no such day.
   */
  on(today: Day, isOver: (day: Day) => boolean): Day | undefined;
  /** It is a date that no year has. */
  readonly never?: { readonly month: number; readonly day: number };
  /** The two dates of which it is one: `5/6`. */
  readonly either?: readonly DateOfYear[];
  /** More a word of everyday language than a day where it stands alone: `may`, `sun`, `march`. */
  readonly isVague?: boolean;
}

/** 1 to 12, 1 to 31. */
export interface DateOfYear {
  readonly month: number;
  readonly day: number;
}

export type On = SaidDay['on'];

export const said = (on: On): SaidDay => ({ on });
