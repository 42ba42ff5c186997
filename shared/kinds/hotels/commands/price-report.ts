import type { Command } from '../../../chat/commands/command.ts';
import { plain } from '../../../chat/markdown.ts';
import type { AskForPriceReport } from '../report-prices.ts';
import type { HotelStore } from '../stores/hotel-store.ts';
import { wordsFor } from '../words/words.ts';
import { findHotel } from './find-hotel.ts';
import { notFound } from './not-found.ts';

/** `price report <hotel>`: the report comes later, as a message of its own. */
export function priceReport(deps: {
  readonly hotels: HotelStore;
  readonly askForPriceReport: AskForPriceReport;
}): Command {
  return {
    name: 'price report',
    does: (locale) => wordsFor(locale).commands['price report'],
    usage: 'price report <hotel>',
    said: { de: ['preisbericht <hotel>', 'preisverlauf <hotel>'] },
    async run({ id, conversation, locale }, argument) {
      const names = await deps.hotels.names();
      const found = findHotel(argument, names);
      if (found.kind !== 'found') {
        return notFound(argument, found, {
          names,
          command: (hotel) => `price report ${hotel}`,
          locale,
        });
      }
      const { key, name, city } = found.hotel;
      await deps.askForPriceReport({ id, conversation: conversation.key, hotel: key });
      return { text: wordsFor(locale).hotels.reportBegun(plain(name), plain(city)) };
    },
  };
}
