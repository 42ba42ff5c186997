import { plain } from '../../../chat/markdown.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import type { HotelStore } from '../stores/hotel-store.ts';
import type { Watch, WatchStore } from '../stores/watch-store.ts';
import { wordsFor } from '../words/words.ts';
import { findHotel, longName } from './find-hotel.ts';

/** The watch that a person means, or what to say when it is not clear which. */
export async function findOwnWatch(
  deps: { readonly hotels: HotelStore; readonly watches: WatchStore },
  { conversation, locale }: Turn,
  said: string,
  command: (hotel: string) => string,
): Promise<
  { readonly kind: 'found'; readonly watch: Watch } | { readonly kind: 'reply'; readonly reply: Reply }
> {
  const words = wordsFor(locale).hotels;
  const own = await deps.watches.of(conversation.key);
  const names = own.map((watch) => ({ key: watch.hotel, name: watch.hotelName, city: watch.city, watch }));
  const found = findHotel(said, names);
  if (found.kind === 'found') return { kind: 'found', watch: found.hotel.watch };
  const offered = found.kind === 'several' ? found.hotels : found.near;
  if (offered.length === 0 && said !== '') {
    // The hotel may be called otherwise by now: a button knows its new name, the watch the old one.
    const renamed = findHotel(said, await deps.hotels.names());
    const watch = renamed.kind === 'found' ? own.find(({ hotel }) => hotel === renamed.hotel.key) : undefined;
    if (watch !== undefined) return { kind: 'found', watch };
  }
  const choice = offered.length > 0 ? offered : names.slice(0, 4);
  const question =
    own.length === 0
      ? words.none
      : said === '' || found.kind === 'several'
        ? words.whichOfThem
        : words.notWatched(plain(said));
  const list = choice.map(({ name, city }) => `- **${plain(name)}**, ${plain(city)}`).join('\n');
  return {
    kind: 'reply',
    reply: {
      text: choice.length === 0 ? question : `${question}\n\n${list}`,
      suggestions: choice.map((hotel) => command(longName(hotel))),
    },
  };
}
