import { type Hotel, type HotelName, latestPrice } from '../../../domain/hotel.ts';
import { beginWatch, type WatchCondition } from '../../../domain/price-watch.ts';
import type { HotelStore } from '../../../ports/hotel-store.ts';
import type { WatchStore } from '../../../ports/watch-store.ts';
import { plain } from '../../markdown.ts';
import type { Reply, Turn } from '../../turn.ts';
import type { Command } from '../command.ts';
import { priceNow, whenTold } from './describe-watch.ts';
import { findHotel, longName } from './find-hotel.ts';
import { notFound } from './not-found.ts';
import { readWatchPhrase } from './watch-phrase.ts';

/** `watch <hotel> [below <price> | drop <n>%]` */
export function watch(deps: { readonly hotels: HotelStore; readonly watches: WatchStore }): Command {
  return {
    name: 'watch',
    usage: 'watch <hotel> [below <price> | drop <n>%]',
    summary: 'Tells this chat when the price of a hotel falls',
    async run(turn, argument) {
      const phrase = readWatchPhrase(argument);
      if (!phrase.ok) return { text: phrase.rule };
      const names = await deps.hotels.names();
      const found = findHotel(phrase.hotel, names);
      if (found.kind !== 'found') {
        return notFound(phrase.hotel, found, { names, command: (hotel) => `watch ${hotel}${phrase.said}` });
      }
      const hotel = (await deps.hotels.find(found.hotel.key))?.hotel;
      const latest = hotel === undefined ? undefined : latestPrice(hotel);
      if (phrase.currency !== undefined && latest !== undefined && phrase.currency !== latest.currency) {
        return {
          text: `The prices of **${plain(found.hotel.name)}** come in ${latest.currency}, not in ${phrase.currency}. Say the price in ${latest.currency}.`,
        };
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
    const { conversation, at, locale } = turn;
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
    const when = whenTold(condition, latest?.currency, locale);
    const promise = isBelow
      ? `That is below already; I will tell you here ${when} again.`
      : `I will tell you here ${when}.`;
    return {
      text: `${isNew ? 'Done.' : 'Changed.'} I watch **${plain(name)}** in ${plain(city)}. ${priceNow(latest, locale)}${promise}`,
      suggestions: [
        'watches',
        `price report ${longName({ key, name, city })}`,
        `unwatch ${longName({ key, name, city })}`,
      ],
    };
  }
}
