import { type Duration, days, hours } from '../../../domain/time.ts';
import type { HotelStore } from '../../../ports/hotel-store.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';
import type { WatchStore } from '../../../ports/watch-store.ts';
import { plain } from '../../markdown.ts';
import type { Command } from '../command.ts';
import { longName } from './find-hotel.ts';
import { findOwnWatch } from './own-watch.ts';
import { readSnooze } from './watch-phrase.ts';

/** Prices move the watch at the same time: a writer that loses so often comes back later. */
const MOST_RACES = 5;

/** `snooze watch <hotel> [for <duration>]` */
export function snoozeWatch(deps: { readonly hotels: HotelStore; readonly watches: WatchStore }): Command {
  return {
    name: 'snooze watch',
    usage: 'snooze watch <hotel> [for <duration>]',
    summary: 'Tells nothing of the price of a hotel for a while, a day if you say nothing else',
    async run(turn, argument) {
      const { hotel: said, length } = readSnooze(argument);
      const found = await findOwnWatch(deps, turn, said, (hotel) => `snooze watch ${hotel} for 1 day`);
      if (found.kind === 'reply') return found.reply;
      const { hotel, hotelName, city } = found.watch;
      for (let race = 0; race < MOST_RACES; race += 1) {
        const stored = await deps.watches.find(turn.conversation.key, hotel);
        if (stored === undefined) return { text: `You no longer watch **${plain(hotelName)}**.` };
        const state = { ...stored.watch.state, snoozedUntil: turn.at + length };
        if ((await deps.watches.change({ ...stored.watch, state }, stored.tag)) === 'saved') {
          return {
            text: `Done. I tell you nothing of **${plain(hotelName)}** for ${inWords(length)}.`,
            suggestions: ['watches', `unwatch ${longName({ key: hotel, name: hotelName, city })}`],
          };
        }
      }
      throw new StoreUnavailable('snooze a watch', new Error(`lost ${MOST_RACES} races in a row`));
    },
  };
}

function inWords(length: Duration): string {
  const [count, unit] =
    length % days(1) === 0
      ? [length / days(1), 'day']
      : length % hours(1) === 0
        ? [length / hours(1), 'hour']
        : [Math.round(length / 60_000), 'minute'];
  return count === 1 ? `${unit === 'hour' ? 'an' : 'a'} ${unit}` : `${count} ${unit}s`;
}
