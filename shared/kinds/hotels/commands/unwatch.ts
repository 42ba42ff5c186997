import type { Command } from '../../../chat/commands/command.ts';
import { plain } from '../../../chat/markdown.ts';
import { nameOfWatch } from '../prices/price-watch.ts';
import type { HotelStore } from '../stores/hotel-store.ts';
import type { WatchStore } from '../stores/watch-store.ts';
import { wordsFor } from '../words/words.ts';
import { longName } from './find-hotel.ts';
import { findOwnWatch } from './own-watch.ts';

/** `unwatch <hotel>` and `unwatch all` */
export function unwatch(deps: { readonly hotels: HotelStore; readonly watches: WatchStore }): Command {
  return {
    name: 'unwatch',
    does: (locale) => wordsFor(locale).commands.unwatch,
    usage: 'unwatch <hotel> | all',
    said: { de: ['nicht mehr beobachten <hotel>'] },
    async run(turn, argument) {
      const words = wordsFor(turn.locale).hotels;
      if (argument.toLowerCase() === 'all') {
        const own = await deps.watches.of(turn.conversation.key);
        for (const { hotel } of own) await deps.watches.end(turn.conversation.key, hotel);
        return {
          text: words.unwatchedAll(own.length),
          settles: { things: own.map((one) => nameOfWatch(one.hotel)) },
        };
      }
      const found = await findOwnWatch(deps, turn, argument, (hotel) => `unwatch ${hotel}`);
      if (found.kind === 'reply') return found.reply;
      const { hotel, hotelName, city } = found.watch;
      await deps.watches.end(turn.conversation.key, hotel);
      return {
        text: words.unwatched(plain(hotelName), plain(city)),
        settles: { things: [nameOfWatch(hotel)] },
        suggestions: [`watch ${longName({ key: hotel, name: hotelName, city })}`, 'watches'],
      };
    },
  };
}
