import type { KeptGroup } from '../../../domain/event/job.ts';
import { hashOf } from '../../../domain/hash.ts';
import type { NotificationId } from '../../../domain/ids.ts';
import { type Instant, isFarAhead } from '../../../domain/time.ts';

declare const brand: unique symbol;

/** Names one hotel in storage: a hash of the id that its events carry, because that may hold what no key may. */
export type HotelKey = string & { readonly [brand]: 'HotelKey' };

/** So many prices of one hotel are remembered; the oldest go first. */
export const MOST_PRICES = 90;

/** One price, as one event told it. */
export interface PricePoint {
  /** When it became the price, by the event. */
  readonly at: Instant;
  readonly price: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly event: NotificationId;
}

/** Those who watch a hotel's price, as a group that the engine walks through. */
export function watchersOf(hotel: HotelKey): KeptGroup {
  return { kind: 'kept', audience: 'watchers', field: 'hotel', key: hotel };
}

/** What people know a hotel by. */
export interface HotelName {
  readonly key: HotelKey;
  readonly name: string;
  readonly city: string;
}

/** A hotel as the events have told of it. */
export interface Hotel extends HotelName {
  /** Where it can be booked. */
  readonly url?: string;
  /** Oldest first, at most `MOST_PRICES`, each event once. */
  readonly prices: readonly PricePoint[];
}

export function hotelKey(hotelId: string): HotelKey {
  // The one place where a plain string becomes a hotel key.
  return hashOf(`hotel\n${hotelId}`) as HotelKey;
}

export function isHotelKey(text: string): text is HotelKey {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/**
 * The hotel after a price was told. Prices lie by the time at which they happened, whatever the order in which events
 * come; the newest says how the hotel is called. Prices from a future that is far are forgotten: a machine with a wrong clock
 * told them, and they would stand above all others. Returns the very object `known` when nothing changed.
 *
 * @param told.now when it is told
 */
export function withPrice(
  known: Hotel | undefined,
  told: {
    readonly hotel: HotelName & { readonly url?: string };
    readonly point: PricePoint;
    readonly now: Instant;
  },
): Hotel {
  const { hotel, point, now } = told;
  if (known === undefined) return { ...hotel, prices: [point] };
  if (known.prices.some(({ event }) => event === point.event)) return known;
  const believed = known.prices.filter(({ at }) => !isFarAhead(at, now));
  const prices = [...believed, point].sort(inOrder).slice(-MOST_PRICES);
  if (!prices.includes(point)) return known;
  return prices.at(-1) === point ? { ...hotel, prices } : { ...known, prices };
}

/** The price now. */
export function latestPrice({ prices }: Hotel): PricePoint | undefined {
  return prices.at(-1);
}

/** The last price before this one, in the same currency. */
export function priceBefore({ prices }: Hotel, point: PricePoint): PricePoint | undefined {
  return prices.findLast((other) => other.currency === point.currency && inOrder(other, point) < 0);
}

/** Whether a later price in the same currency is known: this one holds no more. */
export function isSuperseded({ prices }: Hotel, point: PricePoint): boolean {
  return prices.some(({ currency, at }) => currency === point.currency && at > point.at);
}

function inOrder(a: PricePoint, b: PricePoint): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.event === b.event) return 0;
  return a.event < b.event ? -1 : 1;
}
