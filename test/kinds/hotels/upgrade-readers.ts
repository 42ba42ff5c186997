import { type HotelKey, isHotelKey, watchersOf } from '../../../shared/kinds/hotels/prices/hotel.ts';
import {
  checked,
  conversation,
  HASH,
  isThere,
  type Reader,
  reader,
  tenant,
} from '../../upgrade/row-reader.ts';
import { hotelStores } from './support/hotel-world.ts';

const hotelKey = checked<HotelKey>(isHotelKey);

/** How rows of hotels and watches are read. */
export const readers: readonly Reader[] = [
  reader('conversations', HASH, `h:.+`, async ({ keys: [key, row] }, { stores }) => {
    const own = await hotelStores(stores).watches.of(conversation(key));
    return own.some(({ hotel }) => `h:${hotel}` === row);
  }),
  reader('directory', 'tw:.+', HASH, async ({ keys: [key, row] }, { stores }) => {
    const hotel = hotelKey(key.slice(3));
    return (await stores.audience.tenants(watchersOf(hotel))).includes(tenant(row));
  }),
  reader('hotels', 'hotels', '.+', async ({ keys: [, row] }, { stores }) =>
    isThere(await hotelStores(stores).hotels.find(hotelKey(row))),
  ),
  reader('watches', `.+:${HASH}`, HASH, async ({ keys: [key, row] }, { stores }) => {
    const of = { hotel: hotelKey(key.slice(0, -44)), tenant: tenant(key.slice(-43)) };
    const { watches } = await hotelStores(stores).watches.watchers(of, { limit: 100 });
    return watches.some(({ watch }) => watch.conversation === row);
  }),
];
