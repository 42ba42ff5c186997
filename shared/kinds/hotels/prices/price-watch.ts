import { defined } from '../../../domain/defined.ts';
import { type Instant, isFarAhead } from '../../../domain/time.ts';
import type { HotelKey, PricePoint } from './hotel.ts';

/** When somebody wants to be told. */
export type WatchCondition =
  /** So many percent or more below the price when the watch began or was last told. */
  | { readonly kind: 'drop'; readonly percent: number }
  /** The price passes below this one; armed again when it is back. */
  | { readonly kind: 'below'; readonly price: number };

export const defaultCondition: WatchCondition = { kind: 'drop', percent: 20 };

/** A watch as far as prices move it. */
export interface WatchState {
  readonly condition: WatchCondition;
  /** Prices in another one are none of this watch's; absent until the first price is known. */
  readonly currency?: string;
  /** The price when the watch began or was last told. */
  readonly baseline?: number;
  /** `below`: the price is not below, as far as is known, so that the next one below is told. */
  readonly armed: boolean;
  /** The newest price that moved this watch; what happened before it is ignored. */
  readonly asOf?: Instant;
  /** Until then nothing is told. */
  readonly snoozedUntil?: Instant;
}

/** What one watch has to tell. */
export interface PriceAlert {
  /** Absent when no earlier price is known. */
  readonly before?: number;
  readonly condition: WatchCondition;
}

/** A watch that begins now; `latest` is the price at that moment, where one is known. */
export function beginWatch(condition: WatchCondition, latest?: PricePoint): WatchState {
  if (latest === undefined) return { condition, armed: true };
  const { price, currency, at } = latest;
  return { condition, currency, baseline: price, armed: !isBelow(condition, price), asOf: at };
}

/**
 * What a price does to a watch. Returns the very object `state` when it does nothing. Observed again, a price that was
 * told once is not told once more.
 *
 * @param before the hotel's price before this one: what a price that passes below came from
 * @param now when it is observed, for the snooze
 */
export function observe(
  state: WatchState,
  seen: Pick<PricePoint, 'at' | 'price' | 'currency'>,
  around: { readonly before?: number; readonly now: Instant },
): { readonly next: WatchState; readonly alert?: PriceAlert } {
  if (state.currency !== undefined && state.currency !== seen.currency) return { next: state };
  const isOlder = state.asOf !== undefined && seen.at < state.asOf && !isFarAhead(state.asOf, around.now);
  if (isOlder) return { next: state };
  const { condition } = state;
  const moved: WatchState = { ...state, currency: seen.currency, asOf: seen.at };
  const isSnoozed = state.snoozedUntil !== undefined && around.now < state.snoozedUntil;

  if (condition.kind === 'below') {
    if (!isBelow(condition, seen.price)) {
      if (state.armed && state.baseline !== undefined) return { next: state };
      return { next: { ...moved, baseline: state.baseline ?? seen.price, armed: true } };
    }
    if (!state.armed || isSnoozed) return { next: state };
    const before = around.before ?? state.baseline;
    return {
      next: { ...moved, baseline: seen.price, armed: false },
      alert: { condition, ...defined({ before }) },
    };
  }

  if (state.baseline === undefined) return { next: { ...moved, baseline: seen.price } };
  if (isSnoozed || !hasDropped(state.baseline, seen.price, condition.percent)) return { next: state };
  return { next: { ...moved, baseline: seen.price }, alert: { condition, before: state.baseline } };
}

/** How far `price` lies below `before`, in percent with one decimal, cut and not rounded; 0 where it does not. */
export function dropPercent(before: number, price: number): number {
  const [from, to] = [inThousandths(before), inThousandths(price)];
  return from <= 0 || to >= from ? 0 : Math.floor(((from - to) * 1000) / from) / 10;
}

/** Prices have up to three decimals and are compared as whole numbers: 20 % of 100.10 is 20.02 and not a bit more. */
function hasDropped(before: number, price: number, percent: number): boolean {
  const [from, to] = [inThousandths(before), inThousandths(price)];
  return from > 0 && (from - to) * 1000 >= from * Math.round(percent * 10);
}

function isBelow(condition: WatchCondition, price: number): boolean {
  return condition.kind === 'below' && inThousandths(price) < inThousandths(condition.price);
}

function inThousandths(price: number): number {
  return Math.round(price * 1000);
}

/** What a message about a watched hotel is about. */
export function nameOfWatch(hotel: HotelKey): string {
  return `watch ${hotel}`;
}
