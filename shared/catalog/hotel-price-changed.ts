import { z } from 'zod';
import { hotelKey } from '../domain/hotel.ts';
import { formatPercent, formatPrice } from '../domain/money.ts';
import type { JsonObject } from '../domain/notification.ts';
import { dropPercent } from '../domain/price-watch.ts';
import type { CatalogEntry } from './entry.ts';
import { hotelPrice } from './price-point.ts';
import { check, delivery } from './schema.ts';

const schema = hotelPrice.extend({ delivery: delivery.optional() });

/** What was kept for the one person: the alert of their watch. */
const particularsSchema = z.object({
  before: z.number().optional(),
  condition: z.union([
    z.object({ kind: z.literal('drop'), percent: z.number() }),
    z.object({ kind: z.literal('below'), price: z.number() }),
  ]),
});
type Particulars = z.infer<typeof particularsSchema>;

/** A hotel has another price: told to whoever watches it and whose condition holds. */
export const hotelPriceChanged: CatalogEntry = {
  type: 'hotel.price.changed',
  title: 'Price alert',
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

  plan(data) {
    const checked = check(schema, data);
    if (!checked.ok) return checked;
    const { hotelId, delivery: options } = checked.value;
    return { ok: true, value: { to: [{ watchersOf: hotelKey(hotelId) }], delivery: options ?? {} } };
  },

  render(data, { locale, particulars }) {
    const told = schema.parse(data);
    const alert = particularsSchema.safeParse(particulars);
    const { before, condition } = alert.success ? alert.data : { before: undefined, condition: undefined };
    const amount = (value: number) => formatPrice(value, told.currency, locale);
    const drop = before === undefined ? 0 : dropPercent(before, told.price);
    const fallen = drop > 0 && before !== undefined;
    const now = amount(told.price);
    const summary = fallen
      ? `${told.hotelName}, ${told.city}: ${now}, was ${amount(before)} (${formatPercent(drop, locale)} less)`
      : `${told.hotelName}, ${told.city}: ${now} now`;
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
          prices({ now, before: fallen ? amount(before) : undefined, drop: formatPercent(drop, locale) }),
          ...(condition === undefined ? [] : [reason(condition, locale, amount)]),
        ],
        actions: actions(told),
      },
    };
  },
};

/** Now in large, before beside it, and how much less it is. */
function prices(shown: { readonly now: string; readonly before: string | undefined; readonly drop: string }) {
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
          { type: 'TextBlock', text: `${shown.drop} less`, weight: 'Bolder', color: 'Good', wrap: true },
          { type: 'TextBlock', text: `was ${shown.before}`, isSubtle: true, spacing: 'None', wrap: true },
        ],
      },
    ],
  };
}

function reason(condition: Particulars['condition'], locale: string, amount: (value: number) => string) {
  const asked =
    condition.kind === 'drop'
      ? `a drop of ${formatPercent(condition.percent, locale)} or more`
      : `a price below ${amount(condition.price)}`;
  return {
    type: 'TextBlock',
    text: `You asked to be told of ${asked}.`,
    isSubtle: true,
    size: 'Small',
    wrap: true,
  };
}

function actions(told: z.infer<typeof schema>): readonly JsonObject[] {
  const hotel = `${told.hotelName}, ${told.city}`;
  const say = (title: string, notifier: string) => ({ type: 'Action.Submit', title, data: { notifier } });
  return [
    say('Book', 'book travel'),
    ...(told.url === undefined ? [] : [{ type: 'Action.OpenUrl', title: 'See the offer', url: told.url }]),
    say('Snooze a day', `snooze watch ${hotel} for 1 day`),
    say('Stop watching', `unwatch ${hotel}`),
  ];
}
