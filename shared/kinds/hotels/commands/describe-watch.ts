import { plain } from '../../../chat/markdown.ts';
import type { Turn } from '../../../chat/turn.ts';
import type { Instant } from '../../../domain/time.ts';
import { formatPercent, formatPrice } from '../prices/money.ts';
import type { WatchCondition } from '../prices/price-watch.ts';
import type { Watch, WatchStore } from '../stores/watch-store.ts';
import type { WatchedFor } from '../words/watched-for.ts';
import { localeFor, wordsFor } from '../words/words.ts';

/** What a watch tells of, written as the reader writes it. */
export function watchedFor(
  condition: WatchCondition,
  currency: string | undefined,
  locale: string,
): WatchedFor {
  const { kind } = condition;
  if (kind === 'drop') return { kind, amount: formatPercent(condition.percent, locale, 1) };
  return {
    kind,
    amount: currency === undefined ? String(condition.price) : formatPrice(condition.price, currency, locale),
  };
}

/** Every watch of a conversation as one line of Markdown each, for lists such as `watches` and `status`. */
export async function describeWatches(
  watches: Pick<WatchStore, 'of'>,
  turn: Pick<Turn, 'conversation' | 'locale' | 'at'>,
): Promise<readonly string[]> {
  return (await watches.of(turn.conversation.key)).map((watch) =>
    line(watch, localeFor(turn.locale), turn.at),
  );
}

function line({ hotelName, city, state }: Watch, locale: string, now: Instant): string {
  const { hotels } = wordsFor(locale);
  const { condition, baseline, currency, snoozedUntil } = state;
  const from =
    condition.kind !== 'drop' || baseline === undefined || currency === undefined
      ? undefined
      : formatPrice(baseline, currency, locale);
  return hotels.watchLine(
    `**${plain(hotelName)}**, ${plain(city)}`,
    hotels.when(watchedFor(condition, currency, locale)),
    from,
    snoozedUntil !== undefined && snoozedUntil > now,
  );
}
