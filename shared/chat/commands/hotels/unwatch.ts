import type { HotelStore } from '../../../ports/hotel-store.ts';
import type { WatchStore } from '../../../ports/watch-store.ts';
import { plain } from '../../markdown.ts';
import type { Command } from '../command.ts';
import { longName } from './find-hotel.ts';
import { findOwnWatch } from './own-watch.ts';

/** `unwatch <hotel>` and `unwatch all` */
export function unwatch(deps: { readonly hotels: HotelStore; readonly watches: WatchStore }): Command {
  return {
    name: 'unwatch',
    usage: 'unwatch <hotel> | all',
    summary: 'Stops watching the price of a hotel, or of all of them',
    async run(turn, argument) {
      if (argument.toLowerCase() === 'all') {
        const own = await deps.watches.of(turn.conversation.key);
        for (const { hotel } of own) await deps.watches.end(turn.conversation.key, hotel);
        return {
          text:
            own.length === 0
              ? 'You watch no hotel.'
              : `Done. I no longer watch ${own.length === 1 ? 'that hotel' : `those ${own.length} hotels`}.`,
        };
      }
      const found = await findOwnWatch(deps, turn, argument, (hotel) => `unwatch ${hotel}`);
      if (found.kind === 'reply') return found.reply;
      const { hotel, hotelName, city } = found.watch;
      await deps.watches.end(turn.conversation.key, hotel);
      return {
        text: `Done. I no longer watch **${plain(hotelName)}** in ${plain(city)}.`,
        suggestions: [`watch ${longName({ key: hotel, name: hotelName, city })}`, 'watches'],
      };
    },
  };
}
