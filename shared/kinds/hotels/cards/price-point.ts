import { z } from 'zod';
import { WELL_FORMED } from '../../../catalog/schema.ts';
import { defined } from '../../../domain/defined.ts';
import type { Notification } from '../../../domain/event/notification.ts';
import { type HotelName, hotelKey, type PricePoint } from '../prices/hotel.ts';
import { HIGHEST_PRICE } from '../prices/money.ts';

/** A price in an event: what `currency` counts, with up to three decimals that matter. */
export const price = z
  .number({ error: 'must be a number such as 149.5' })
  .nonnegative('must not be negative')
  .max(HIGHEST_PRICE, `must be at most ${HIGHEST_PRICE}`);

/** ISO 4217; becomes upper case. */
export const currency = z
  .string({ error: 'must be an ISO 4217 code such as "EUR"' })
  .regex(/^[A-Za-z]{3}$/, 'must be an ISO 4217 code such as "EUR"')
  .transform((code) => code.toUpperCase());

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must have at most ${most} characters`)
    .transform((value) => value.replace(/\s+/g, ' '));

export const hotelName = text(120);
export const city = text(80);
export const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(2000);

/** What an event says of a hotel and its price; fields beside these are left alone. */
export const hotelPrice = z.object({
  hotelId: z
    .string()
    .min(1, 'must not be empty')
    .max(500, 'must have at most 500 characters')
    .refine((text) => text.isWellFormed(), { error: WELL_FORMED }),
  hotelName,
  city,
  price,
  currency,
  url: webAddress.optional(),
});

/** The price that a notification of type `hotel.price.changed` tells; `undefined` for every other one. */
export function priceToldBy(
  notification: Pick<Notification, 'id' | 'type' | 'time' | 'data'>,
): { readonly hotel: HotelName & { readonly url?: string }; readonly point: PricePoint } | undefined {
  if (notification.type !== 'hotel.price.changed') return undefined;
  const told = hotelPrice.safeParse(notification.data);
  // It was checked when it was accepted; a kind that checks otherwise since then tells nothing any more.
  if (!told.success) return undefined;
  const { hotelId, hotelName: name, city: place, url, ...amount } = told.data;
  return {
    hotel: { key: hotelKey(hotelId), name, city: place, ...defined({ url }) },
    point: { ...amount, at: notification.time, event: notification.id },
  };
}
