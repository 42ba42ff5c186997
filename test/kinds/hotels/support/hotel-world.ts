import { hotelCommands } from '../../../../shared/kinds/hotels/commands/hotel-commands.ts';
import { hotelHooks } from '../../../../shared/kinds/hotels/hotel-hooks.ts';
import { priceAlert, priceReport } from '../../../../shared/kinds/hotels/kind.ts';
import { askForPriceReport, reportPrices } from '../../../../shared/kinds/hotels/report-prices.ts';
import { TableHotelStore } from '../../../../shared/kinds/hotels/rows/table-hotel-store.ts';
import { watchLayout } from '../../../../shared/kinds/hotels/rows/watch-layout.ts';
import type { HotelStore } from '../../../../shared/kinds/hotels/stores/hotel-store.ts';
import { watchStore } from '../../../../shared/kinds/hotels/stores/watch-store.ts';
import type { OpenKind } from '../../../../shared/kinds/kind.ts';
import type { Stores } from '../../../contract/stores.ts';
import { aWorld, type GivenToKind } from '../../../support/world.ts';
import { InMemoryHotelStore } from './in-memory-hotel-store.ts';

/** The stores of hotels, beside those of the app. */
export function hotelStores(stores: Pick<Stores, 'records'> & Partial<Pick<Stores, 'tables'>>) {
  const hotels: HotelStore =
    stores.tables === undefined ? new InMemoryHotelStore() : new TableHotelStore(stores.tables);
  return { hotels, watches: watchStore(stores.records(watchLayout)) };
}

/** A world in which hotels have prices. */
export function aHotelWorld(options: Parameters<typeof aWorld>[0] = {}) {
  let bare: ReturnType<typeof hotelStores> | undefined;
  let openedHotels: OpenKind = {};
  const open = ({ watch, ...given }: GivenToKind): OpenKind => {
    bare = hotelStores(given);
    const deps = {
      ...given,
      hotels: watch.over('hotels', bare.hotels),
      watches: watch.over('watches', bare.watches),
      askForPriceReport: askForPriceReport(given),
    };
    openedHotels = { ...hotelHooks(deps), commands: async () => hotelCommands(deps) };
    return openedHotels;
  };
  const world = aWorld({
    ...options,
    known: [priceAlert, priceReport],
    kinds: [open, ...(options.kinds ?? [])],
  });
  if (bare === undefined) throw new Error('a world opens its kinds');
  return {
    ...world,
    ...bare,
    openedHotels,
    askForPriceReport: askForPriceReport(world),
    makeReport: reportPrices({ ...world, ...bare }),
  };
}
export type HotelWorld = ReturnType<typeof aHotelWorld>;
