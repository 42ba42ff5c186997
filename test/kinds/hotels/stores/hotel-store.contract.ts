import { beforeEach, describe, expect, it } from 'vitest';
import { notificationId } from '../../../../shared/domain/ids.ts';
import { type Hotel, hotelKey, MOST_PRICES } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import type { FreshStores, MakeStores } from '../../../contract/stores.ts';
import { hotelStores } from '../support/hotel-world.ts';

function aHotel(id: string, fields: Partial<Hotel> = {}): Hotel {
  return {
    key: hotelKey(id),
    name: `Hôtel "${id}" 東京`,
    city: 'Las Vegas',
    url: 'https://hotels.example/1',
    prices: [{ at: 1, price: 199.99, currency: 'USD', event: notificationId('s', '1') }],
    ...fields,
  };
}

export function describeHotelStoreContract(name: string, makeStores: MakeStores): void {
  describe(`HotelStore ${name}`, () => {
    let stores: FreshStores & ReturnType<typeof hotelStores>;

    beforeEach(async () => {
      const fresh = await makeStores();
      stores = { ...fresh, ...hotelStores(fresh) };
    });

    it('keeps a hotel with as many prices as are remembered', async () => {
      const prices = Array.from({ length: MOST_PRICES }, (_, at) => ({
        at: at + 0.5,
        price: at,
        currency: 'EUR',
        event: notificationId('s', String(at)),
      }));
      const hotel = aHotel('grand', { prices });
      expect(await stores.hotels.save(hotel)).toBe('saved');
      expect((await stores.hotels.find(hotel.key))?.hotel).toEqual(hotel);
      expect(await stores.hotels.find(hotelKey('none'))).toBeUndefined();
    });

    it('lets one of two writers win, with and without a hotel there', async () => {
      const hotel = aHotel('grand');
      expect(await stores.hotels.save(hotel)).toBe('saved');
      expect(await stores.hotels.save(hotel)).toBe('lost');
      const { tag = '' } = (await stores.hotels.find(hotel.key)) ?? {};
      const renamed = { ...hotel, name: 'New' };
      expect(await stores.hotels.save(renamed, tag)).toBe('saved');
      expect(await stores.hotels.save(hotel, tag)).toBe('lost');
      expect((await stores.hotels.find(hotel.key))?.hotel).toEqual(renamed);
    });

    it('names every hotel', async () => {
      const hotels = ['a', 'b', 'c'].map((id) => aHotel(id));
      for (const hotel of hotels) await stores.hotels.save(hotel);
      expect(await stores.hotels.names()).toEqual(
        hotels
          .map(({ key, name: called, city }) => ({ key, name: called, city }))
          .sort((a, b) => (a.key < b.key ? -1 : 1)),
      );
    });
  });
}
