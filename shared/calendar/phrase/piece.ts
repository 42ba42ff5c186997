import type { Clock } from './clock-parts.ts';
import type { DayPart } from './day-parts.ts';
import type { Read } from './read.ts';
import type { Repeat } from './repeat.ts';
import type { SaidDay } from './said-day.ts';
import type { Span } from './spans.ts';
import type { Token } from './tokens.ts';

/** When, as somebody says it. What was not said is absent. */
export interface When {
  readonly day?: SaidDay;
  /** Several only with `repeat`. */
  readonly clocks?: readonly Clock[];
  readonly part?: DayPart;
  /** From now. */
  readonly after?: Span;
  /** So long before (-1) or after (1) another time. */
  readonly anchor?: { readonly span: Span; readonly direction: 1 | -1; readonly to: When };
  readonly repeat?: Repeat;
  readonly except?: readonly string[];
  /** Every so often within these hours of a day. */
  readonly within?: { readonly from: Clock; readonly to: Clock };
  readonly until?: { readonly day?: SaidDay; readonly clock?: Clock; readonly span?: Span };
  readonly count?: number;
  readonly start?: When;
  /** The IANA zone that was named with the time. */
  readonly zone?: string;
  /** Zones of which one was named with the time: `IST`. */
  readonly zones?: readonly string[];
  /** Zones of a place that the time may be meant in, if its clock is another than the person's. */
  readonly place?: readonly string[];
  /** `this time tomorrow`: the time of day that it is now. */
  readonly isSameTime?: boolean;
  /** A length of time without `in` before it: `20 minutes`. */
  readonly isBareSpan?: boolean;
}

export interface Bounds {
  /** A number alone is a time, and a length of time is from now: nothing but a time is expected. */
  readonly isAlone: boolean;
  /** Part of another time, as in `an hour before ...`: it cannot hang on a third. */
  readonly isInner?: boolean;
}

export type Piece = (
  tokens: readonly Token[],
  at: number,
  so: When,
  bounds: Bounds,
) => Read<When> | undefined;

export const isEmpty = (so: When): boolean => Object.keys(so).length === 0;
