import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../../shared/domain/ids.ts';
import {
  type Hotel,
  hotelKey,
  isHotelKey,
  isSuperseded,
  latestPrice,
  MOST_PRICES,
  type PricePoint,
  priceBefore,
  withPrice,
} from '../../../../shared/kinds/hotels/prices/hotel.ts';

const NOW = 1000;
const name = { key: hotelKey('grand'), name: 'Vegas Grand', city: 'Las Vegas' };
const point = (at: number, price: number, currency = 'USD'): PricePoint => ({
  at,
  price,
  currency,
  event: notificationId('s', `${at} ${price} ${currency}`),
});
const told = (points: readonly PricePoint[]): Hotel | undefined =>
  points.reduce<Hotel | undefined>(
    (hotel, next) => withPrice(hotel, { hotel: name, point: next, now: NOW }),
    undefined,
  );

describe('the prices of a hotel', () => {
  it('lie by the time at which they happened, each event once, whatever the order in which they come', () => {
    const points = [point(1, 10), point(2, 20), point(2, 21), point(3, 30)];
    fc.assert(
      fc.property(fc.shuffledSubarray([...points, ...points], { minLength: 8 }), (order) => {
        expect(told(order)?.prices).toEqual(told(points)?.prices);
      }),
    );
  });

  it('are the newest ninety, and an older one than these changes nothing', () => {
    const many = Array.from({ length: MOST_PRICES + 10 }, (_, index) => point(index + 10, index));
    const hotel = told(many) as Hotel; // At least one price was told.
    expect(hotel.prices.length).toBe(MOST_PRICES);
    expect(hotel.prices[0]?.at).toBe(20);
    expect(withPrice(hotel, { hotel: name, point: point(5, 1), now: NOW })).toBe(hotel);
  });

  it('come with the name that the newest of them says', () => {
    const later = withPrice(told([point(5, 1)]), {
      hotel: { ...name, name: 'New' },
      point: point(6, 1),
      now: NOW,
    });
    expect(later.name).toBe('New');
    expect(withPrice(later, { hotel: { ...name, name: 'Old' }, point: point(4, 1), now: NOW }).name).toBe(
      'New',
    );
  });

  it('know what came before and whether something came after, in one currency', () => {
    const hotel = told([point(1, 10), point(2, 20), point(3, 25, 'EUR'), point(4, 40)]) as Hotel;
    expect(latestPrice(hotel)?.price).toBe(40);
    expect(priceBefore(hotel, point(4, 40))?.price).toBe(20);
    expect(priceBefore(hotel, point(1, 10))).toBeUndefined();
    expect(isSuperseded(hotel, point(2, 20))).toBe(true);
    expect(isSuperseded(hotel, point(3, 25, 'EUR'))).toBe(false);
    expect(isSuperseded(hotel, point(4, 40))).toBe(false);
  });
});

it('a hotel key is one that a table takes, whatever the id is', () => {
  fc.assert(fc.property(fc.string(), (id) => isHotelKey(hotelKey(id))));
});
