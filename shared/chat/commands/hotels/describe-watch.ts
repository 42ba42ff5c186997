import type { PricePoint } from '../../../domain/hotel.ts';
import { formatPercent, formatPrice } from '../../../domain/money.ts';
import type { WatchCondition } from '../../../domain/price-watch.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Watch, WatchStore } from '../../../ports/watch-store.ts';
import { plain } from '../../markdown.ts';
import type { Turn } from '../../turn.ts';

/** `when it falls by 20% or more`, `when it falls below $150`. */
export function whenTold(condition: WatchCondition, currency: string | undefined, locale: string): string {
  if (condition.kind === 'drop')
    return `when it falls by ${formatPercent(condition.percent, locale)} or more`;
  const amount =
    currency === undefined ? String(condition.price) : formatPrice(condition.price, currency, locale);
  return `when it falls below ${amount}`;
}

/** `It costs **$189** now.`; empty when no price is known. */
export function priceNow(latest: PricePoint | undefined, locale: string): string {
  return latest === undefined
    ? ''
    : `It costs **${formatPrice(latest.price, latest.currency, locale)}** now. `;
}

/** Every watch of a conversation as one line of Markdown each, for lists such as `watches` and `status`. */
export async function describeWatches(
  watches: Pick<WatchStore, 'of'>,
  turn: Pick<Turn, 'conversation' | 'locale' | 'at'>,
): Promise<readonly string[]> {
  return (await watches.of(turn.conversation.key)).map((watch) => line(watch, turn.locale, turn.at));
}

function line({ hotelName, city, state }: Watch, locale: string, now: Instant): string {
  const since =
    state.baseline === undefined || state.currency === undefined
      ? ''
      : ` (from ${formatPrice(state.baseline, state.currency, locale)})`;
  const from = state.condition.kind === 'drop' ? since : '';
  const snoozed = state.snoozedUntil !== undefined && state.snoozedUntil > now ? ', snoozed' : '';
  return `**${plain(hotelName)}**, ${plain(city)}: ${whenTold(state.condition, state.currency, locale)}${from}${snoozed}`;
}
