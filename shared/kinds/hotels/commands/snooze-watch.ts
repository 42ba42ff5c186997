import type { Command } from '../../../chat/commands/command.ts';
import { plain } from '../../../chat/markdown.ts';
import { type Duration, days, hours, minutes } from '../../../domain/time.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { nameOfWatch } from '../prices/price-watch.ts';
import type { HotelStore } from '../stores/hotel-store.ts';
import type { WatchStore } from '../stores/watch-store.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { longName } from './find-hotel.ts';
import { findOwnWatch } from './own-watch.ts';
import { readSnooze } from './watch-phrase.ts';

/** `snooze watch <hotel> [for <duration>]` */
export function snoozeWatch(deps: { readonly hotels: HotelStore; readonly watches: WatchStore }): Command {
  return {
    name: 'snooze watch',
    does: (locale) => wordsFor(locale).commands['snooze watch'],
    usage: 'snooze watch <hotel> [for <duration>]',
    said: {
      de: [
        'pausiere beobachtung <hotel>',
        'pausiere die beobachtung von <hotel>',
        'beobachtung pausieren <hotel>',
      ],
    },
    async run(turn, argument) {
      const words = wordsFor(turn.locale).hotels;
      const { hotel: said, length } = readSnooze(argument);
      const found = await findOwnWatch(deps, turn, said, (hotel) => `snooze watch ${hotel}`);
      if (found.kind === 'reply') return found.reply;
      const { hotel, hotelName, city } = found.watch;
      return untilWritten('snooze a watch', async () => {
        const stored = await deps.watches.find(turn.conversation.key, hotel);
        if (stored === undefined) return { text: words.noLongerWatched(plain(hotelName)) };
        const state = { ...stored.watch.state, snoozedUntil: turn.at + length };
        if ((await deps.watches.change({ ...stored.watch, state }, stored.tag)) === 'lost') return LOST;
        return {
          text: words.snoozed(plain(hotelName), inWords(length, words)),
          settles: { things: [nameOfWatch(hotel)] },
          suggestions: ['watches', `unwatch ${longName({ key: hotel, name: hotelName, city })}`],
        };
      });
    },
  };
}

function inWords(length: Duration, { lengths }: Words['hotels']): string {
  if (length % days(1) === 0) return lengths.days(length / days(1));
  if (length % hours(1) === 0) return lengths.hours(length / hours(1));
  return lengths.minutes(Math.round(length / minutes(1)));
}
