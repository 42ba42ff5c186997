import { defineKind } from '../define-kind.ts';
import { hotelPriceChanged, hotelPriceSchema } from './cards/hotel-price-changed.ts';
import { hotelHooks } from './hotel-hooks.ts';
import { askForPriceReport } from './report-prices.ts';
import { TableHotelStore } from './rows/table-hotel-store.ts';
import { watchLayout } from './rows/watch-layout.ts';
import { watchStore } from './stores/watch-store.ts';

export { priceReport } from './cards/price-report-ready.ts';

/** Prices of hotels: whoever watches one is told when it falls, and whoever asks has a report. An example. */
export const priceAlert = defineKind(hotelPriceSchema, {
  ...hotelPriceChanged,
  tables: ['hotels', 'watches'],
  hints: ['watch …|beobachte …'],

  open(world) {
    const deps = {
      ...world,
      hotels: new TableHotelStore(world.tables),
      watches: watchStore(world.records(watchLayout)),
      askForPriceReport: askForPriceReport(world),
    };
    return {
      ...hotelHooks(deps),
      commands: async () => (await import('./commands/hotel-commands.ts')).hotelCommands(deps),
    };
  },
});
