import type { Command } from '../../../chat/commands/command.ts';
import { plain } from '../../../chat/markdown.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import { type Hotel, type HotelName, latestPrice } from '../prices/hotel.ts';
import { formatPrice } from '../prices/money.ts';
import { beginWatch, type WatchCondition } from '../prices/price-watch.ts';
import type { HotelStore } from '../stores/hotel-store.ts';
import type { WatchStore } from '../stores/watch-store.ts';
import { localeFor, wordsFor } from '../words/words.ts';
import { watchedFor } from './describe-watch.ts';
import { findHotel, longName } from './find-hotel.ts';
import { notFound } from './not-found.ts';
import { readWatchPhrase } from './watch-phrase.ts';

/** `watch <hotel> [below <price> | drop <n>%]` */
export function watch(deps: { readonly hotels: HotelStore; readonly watches: WatchStore }): Command {
  return {
    name: 'watch',
    does: (locale) => wordsFor(locale).commands.watch,
    usage: 'watch <hotel> [below <price> | drop <n>%]',
    said: { de: ['beobachte <hotel>', 'beobachten <hotel>'] },
    async run(turn, argument) {
      const words = wordsFor(turn.locale).hotels;
      const phrase = readWatchPhrase(argument);
      if (!phrase.ok) return { text: phrase.wrong === 'price' ? words.belowWhat : words.dropByWhat };
      const names = await deps.hotels.names();
      const found = findHotel(phrase.hotel, names);
      if (found.kind !== 'found') {
        return notFound(phrase.hotel, found, {
          names,
          command: (hotel) => `watch ${hotel}${phrase.said}`,
          locale: turn.locale,
        });
      }
      const hotel = (await deps.hotels.find(found.hotel.key))?.hotel;
      const latest = hotel === undefined ? undefined : latestPrice(hotel);
      if (phrase.currency !== undefined && latest !== undefined && phrase.currency !== latest.currency) {
        return { text: words.otherCurrency(plain(found.hotel.name), latest.currency, phrase.currency) };
      }
      return begin(turn, found.hotel, hotel, phrase.condition);
    },
  };

  async function begin(
    turn: Turn,
    { key, name, city }: HotelName,
    hotel: Hotel | undefined,
    condition: WatchCondition,
  ): Promise<Reply> {
    const { conversation, at } = turn;
    const locale = localeFor(turn.locale);
    const latest = hotel === undefined ? undefined : latestPrice(hotel);
    const isNew = await deps.watches.begin({
      conversation: conversation.key,
      tenant: conversation.tenant,
      hotel: key,
      hotelName: name,
      city,
      since: at,
      state: beginWatch(condition, latest),
      told: [],
    });
    const isBelow = condition.kind === 'below' && latest !== undefined && latest.price < condition.price;
    const told = {
      when: watchedFor(condition, latest?.currency, locale),
      isNew,
      isBelow,
      ...(latest === undefined ? {} : { now: formatPrice(latest.price, latest.currency, locale) }),
    };
    return {
      text: wordsFor(locale).hotels.watching({ name: plain(name), city: plain(city) }, told),
      suggestions: [
        'watches',
        `price report ${longName({ key, name, city })}`,
        `unwatch ${longName({ key, name, city })}`,
      ],
    };
  }
}
