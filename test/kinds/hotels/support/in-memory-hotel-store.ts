import type { Hotel, HotelKey, HotelName } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import type { HotelStore } from '../../../../shared/kinds/hotels/stores/hotel-store.ts';
import { byKey } from '../../../support/fakes/stores/in-memory-directory.ts';

export class InMemoryHotelStore implements HotelStore {
  readonly #hotels = new Map<HotelKey, { readonly hotel: Hotel; readonly tag: string }>();
  #tags = 0;

  async find(key: HotelKey): Promise<{ readonly hotel: Hotel; readonly tag: string } | undefined> {
    return structuredClone(this.#hotels.get(key));
  }

  async save(hotel: Hotel, tag?: string): Promise<'saved' | 'lost'> {
    if (this.#hotels.get(hotel.key)?.tag !== tag) return 'lost';
    this.#tags += 1;
    this.#hotels.set(hotel.key, { hotel: structuredClone(hotel), tag: String(this.#tags) });
    return 'saved';
  }

  async names(): Promise<readonly HotelName[]> {
    return [...this.#hotels.values()]
      .map(({ hotel: { key, name, city } }) => ({ key, name, city }))
      .sort((a, b) => byKey(a.key, b.key));
  }
}
