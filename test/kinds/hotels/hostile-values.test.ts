import { expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { hotelKey } from '../../../shared/kinds/hotels/prices/hotel.ts';
import { wordsFor } from '../../../shared/kinds/hotels/words/words.ts';
import { describeAttacks, type MoreToLose } from '../../support/hostile.ts';
import { aHotelWorld, type HotelWorld } from './support/hotel-world.ts';

/** What each command of the kind can be given, with what belongs to somebody else in it. */
const attacks: { readonly [command: string]: readonly string[] } = {
  'price report': ['price report plaza'],
  'snooze watch': ['snooze watch plaza for 1 hour'],
  unwatch: ['unwatch plaza'],
  watch: ['watch plaza below 150'],
  watches: ['watches'],
};

const more: MoreToLose<HotelWorld> = {
  makeWorld: aHotelWorld,
  prepare: async (world) => {
    const point = { at: 1, price: 200, currency: 'USD', event: notificationId('s', 'p') };
    await world.hotels.save({ key: hotelKey('1'), name: 'Plaza', city: 'Berlin', prices: [point] });
  },
  says: ['watch plaza'],
  kept: async (world, hers) => {
    const watches = await world.watches.of(hers);
    expect(watches).toHaveLength(1);
    return watches;
  },
};

describeAttacks(Object.values(attacks).flat(), more);

it('every command of the kind is tried here', async () => {
  const names = (await aHotelWorld().openedHotels.commands?.())?.map(({ name }) => name) ?? [];
  expect(Object.keys(attacks).sort()).toEqual([...names].sort());
  expect(Object.keys(attacks).sort()).toEqual(Object.keys(wordsFor('en').commands).sort());
});
