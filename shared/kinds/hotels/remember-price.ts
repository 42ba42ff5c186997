import type { Notification } from '../../domain/event/notification.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import { priceToldBy } from './cards/price-point.ts';
import { withPrice } from './prices/hotel.ts';
import type { HotelStore } from './stores/hotel-store.ts';

/** Events of one hotel that come together meet at its row; who loses so often comes back later. */
const MOST_RACES = 20;

export type RememberPrice = (notification: Notification) => Promise<void>;

/**
 * Remembers the price that a notification tells, once however often it comes; a notification that tells none is left
 * alone. Throws `StoreUnavailable`; repeating the call then is harmless.
 */
export function rememberPrice(deps: { readonly hotels: HotelStore }): RememberPrice {
  return async (notification) => {
    const told = priceToldBy(notification);
    if (told === undefined) return;
    await untilWritten(
      'remember price',
      async () => {
        const stored = await deps.hotels.find(told.hotel.key);
        const next = withPrice(stored?.hotel, { ...told, now: notification.acceptedAt });
        if (next === stored?.hotel) return;
        return (await deps.hotels.save(next, stored?.tag)) === 'lost' ? LOST : undefined;
      },
      MOST_RACES,
    );
  };
}
