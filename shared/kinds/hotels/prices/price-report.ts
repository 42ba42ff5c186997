import { type ConversationKey, isConversationKey } from '../../../domain/ids.ts';
import { isJsonObject } from '../../../domain/json-object.ts';
import type { Instant } from '../../../domain/time.ts';
import { type HotelKey, isHotelKey } from './hotel.ts';

/** Somebody asked for a report of a hotel's prices. */
export interface PriceReportRequest {
  /** Names the request: asked for again under the same id, the report is made once. 43 characters of base64url. */
  readonly id: string;
  readonly conversation: ConversationKey;
  readonly hotel: HotelKey;
}

/** Bars of a chart; what is more is drawn together. */
export const MOST_BARS = 10;

export interface Price {
  readonly at: Instant;
  readonly price: number;
}

/** One bar of the chart: one price, or the mean of several that follow each other. */
export interface PriceBar {
  readonly from: Instant;
  readonly to: Instant;
  readonly price: number;
}

export interface PriceSummary {
  readonly current: Price;
  readonly first: Price;
  /** The most recent where there are several. */
  readonly lowest: Price;
  readonly highest: Price;
  /** Mean of all prices. */
  readonly average: number;
  readonly bars: readonly PriceBar[];
}

/** What the prices say, oldest first; `undefined` without any. */
export function summarize(prices: readonly Price[]): PriceSummary | undefined {
  const [first] = prices;
  const current = prices.at(-1);
  if (first === undefined || current === undefined) return undefined;
  let [lowest, highest] = [first, first];
  for (const price of prices) {
    if (price.price <= lowest.price) lowest = price;
    if (price.price >= highest.price) highest = price;
  }
  return { first, current, lowest, highest, average: mean(prices), bars: barsOf(prices) };
}

/** The price now, and before it the others in as many groups of neighbours as fit, each as large as the others or one larger. */
function barsOf(prices: readonly Price[]): readonly PriceBar[] {
  const former = prices.slice(0, -1);
  const count = Math.min(former.length, MOST_BARS - 1);
  const groups = Array.from({ length: count }, (_, index) =>
    former.slice(
      Math.floor((index * former.length) / count),
      Math.floor(((index + 1) * former.length) / count),
    ),
  );
  return [...groups, prices.slice(-1)].flatMap((group) => {
    const [from] = group;
    const to = group.at(-1);
    return from === undefined || to === undefined ? [] : [{ from: from.at, to: to.at, price: mean(group) }];
  });
}

function mean(prices: readonly Price[]): number {
  const sum = prices.reduce((total, { price }) => total + price, 0);
  return Math.round((sum / prices.length) * 100) / 100;
}

/** Reads a request out of a job's or a row's body. */
export function parsePriceReportRequest(value: unknown): PriceReportRequest | undefined {
  if (!isJsonObject(value)) return undefined;
  const { id, conversation, hotel } = value;
  return typeof id === 'string' &&
    /^[A-Za-z0-9_-]{43}$/.test(id) &&
    typeof conversation === 'string' &&
    isConversationKey(conversation) &&
    typeof hotel === 'string' &&
    isHotelKey(hotel)
    ? { id, conversation, hotel }
    : undefined;
}
