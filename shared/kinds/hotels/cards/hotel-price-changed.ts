import { z } from 'zod';
import { delivery } from '../../../catalog/schema.ts';
import type { JsonObject } from '../../../domain/event/notification.ts';
import type { KindOf } from '../../define-kind.ts';
import { hotelKey } from '../prices/hotel.ts';
import { formatPercent, formatPrice } from '../prices/money.ts';
import { dropPercent, nameOfWatch } from '../prices/price-watch.ts';
import { localeFor, type Words, wordsFor } from '../words/words.ts';
import { hotelPrice } from './price-point.ts';

export const hotelPriceSchema = hotelPrice.extend({ delivery: delivery.optional() });

/** What was kept for the one person: the alert of their watch. */
const particularsSchema = z.object({
  before: z.number().optional(),
  condition: z.union([
    z.object({ kind: z.literal('drop'), percent: z.number() }),
    z.object({ kind: z.literal('below'), price: z.number() }),
  ]),
});
type Particulars = z.infer<typeof particularsSchema>;
type AlertWords = Words['priceAlert'];

/** A hotel has another price: told to whoever watches it and whose condition holds. */
export const hotelPriceChanged = {
  type: 'hotel.price.changed',
  title: (locale) => wordsFor(locale).titles.priceAlert,
  saysWhy: true,
  example: {
    hotelId: 'vegas-grand',
    hotelName: 'Vegas Grand',
    city: 'Las Vegas',
    price: 149,
    currency: 'USD',
    url: 'https://hotels.example/vegas-grand',
  },
  particularsExample: { before: 199, condition: { kind: 'drop', percent: 20 } },

  plan: ({ hotelId, delivery: options }) => ({
    to: [{ keptBy: 'watchers', key: hotelKey(hotelId) }],
    // Of one watch one alert stands: a new one, since a change of the old would be seen by nobody, and the old one says so.
    delivery: { key: `watch/${hotelKey(hotelId)}`, onRepeat: 'new', ...options },
  }),

  thing: ({ hotelId }) => nameOfWatch(hotelKey(hotelId)),

  render(told, reader) {
    const { particulars } = reader;
    const locale = localeFor(reader.locale);
    const words = wordsFor(locale).priceAlert;
    const alert = particularsSchema.safeParse(particulars);
    const { before, condition } = alert.success ? alert.data : { before: undefined, condition: undefined };
    const amount = (value: number) => formatPrice(value, told.currency, locale);
    const drop = before === undefined ? 0 : dropPercent(before, told.price);
    const fallen = drop > 0 && before !== undefined;
    const now = amount(told.price);
    const hotel = `${told.hotelName}, ${told.city}`;
    const summary = fallen
      ? words.fallen(hotel, now, amount(before), formatPercent(drop, locale))
      : words.now(hotel, now);
    return {
      summary,
      card: {
        type: 'AdaptiveCard',
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        version: '1.5',
        fallbackText: summary,
        body: [
          {
            type: 'TextBlock',
            text: told.hotelName,
            weight: 'Bolder',
            size: 'Medium',
            wrap: true,
          },
          { type: 'TextBlock', text: told.city, isSubtle: true, spacing: 'None', wrap: true },
          prices(
            { now, before: fallen ? amount(before) : undefined, drop: formatPercent(drop, locale) },
            words,
          ),
          ...(condition === undefined ? [] : [reason(condition, locale, amount)]),
        ],
        actions: actions(told, words),
      },
    };
  },
} satisfies KindOf<typeof hotelPriceSchema>;

/** Now in large, before beside it, and how much less it is. */
function prices(
  shown: { readonly now: string; readonly before: string | undefined; readonly drop: string },
  words: AlertWords,
) {
  const now = {
    type: 'Column',
    width: 'auto',
    items: [
      {
        type: 'TextBlock',
        text: shown.now,
        size: 'ExtraLarge',
        weight: 'Bolder',
        color: 'Good',
        height: 'stretch',
      },
    ],
  };
  if (shown.before === undefined) return { type: 'ColumnSet', columns: [now], spacing: 'Medium' };
  return {
    type: 'ColumnSet',
    spacing: 'Medium',
    columns: [
      now,
      {
        type: 'Column',
        width: 'stretch',
        verticalContentAlignment: 'Center',
        items: [
          { type: 'TextBlock', text: words.less(shown.drop), weight: 'Bolder', color: 'Good', wrap: true },
          { type: 'TextBlock', text: words.was(shown.before), isSubtle: true, spacing: 'None', wrap: true },
        ],
      },
    ],
  };
}

function reason(condition: Particulars['condition'], locale: string, amount: (value: number) => string) {
  const asked =
    condition.kind === 'drop' ? formatPercent(condition.percent, locale, 1) : amount(condition.price);
  return {
    type: 'TextBlock',
    text: wordsFor(locale).priceAlert.reason({ kind: condition.kind, amount: asked }),
    isSubtle: true,
    size: 'Small',
    wrap: true,
  };
}

function actions(told: z.infer<typeof hotelPriceSchema>, words: AlertWords): readonly JsonObject[] {
  const hotel = `${told.hotelName}, ${told.city}`;
  const say = (title: string, notifier: string) => ({ type: 'Action.Submit', title, data: { notifier } });
  return [
    say(words.book, `book travel to ${told.city}`),
    ...(told.url === undefined ? [] : [{ type: 'Action.OpenUrl', title: words.seeOffer, url: told.url }]),
    say(words.snooze, `snooze watch ${hotel} for 1 day`),
    say(words.stop, `unwatch ${hotel}`),
  ];
}
