import type { Hotel, HotelKey, HotelName } from '../prices/hotel.ts';

/** Hotels and their prices, as far as events told of them. Every method may throw `StoreUnavailable`. */
export interface HotelStore {
  /** `tag`: the store's version tag. */
  find(key: HotelKey): Promise<{ readonly hotel: Hotel; readonly tag: string } | undefined>;

  /** Writes if the stored version is still the one that was read (no tag: none stored); gives whether it was. */
  save(hotel: Hotel, tag?: string): Promise<'saved' | 'lost'>;

  /** What every hotel is called, in key order. */
  names(): Promise<readonly HotelName[]>;
}
