import { z } from 'zod';
import type { Reader } from '../../../catalog/entry.ts';
import type { JsonObject } from '../../../domain/event/notification.ts';
import { parseInstant } from '../../../domain/time.ts';
import { defineKind } from '../../define-kind.ts';
import { formatPercent, formatPrice } from '../prices/money.ts';
import { type PriceSummary, summarize } from '../prices/price-report.ts';
import { localeFor, type Words, wordsFor } from '../words/words.ts';
import { type ChartWords, priceChart } from './price-chart.ts';
import { city, currency, hotelName, price, webAddress } from './price-point.ts';

const schema = z.object({
  hotelName,
  city,
  currency,
  prices: z
    .array(z.object({ time: z.iso.datetime(), price }))
    .min(1, 'must hold a price or more, oldest first')
    .max(1000),
  url: webAddress.optional(),
});

/** A report that somebody asked for: the prices of one hotel over time. */
export const priceReport = defineKind(schema, {
  type: 'price.report.ready',
  title: (locale) => wordsFor(locale).titles.priceReport,
  internal: true,
  askedFor: true,
  example: {
    hotelName: 'Vegas Grand',
    city: 'Las Vegas',
    currency: 'USD',
    prices: [199, 205, 189, 210, 179, 169, 175, 149].map((amount, day) => ({
      time: `2026-11-${String(day + 10)}T09:00:00.000Z`,
      price: amount,
    })),
    url: 'https://hotels.example/vegas-grand',
  },

  // Who gets it is said by whoever announces it.
  plan: () => ({ to: [], delivery: {} }),

  render(report, reader) {
    const words = wordsFor(reader.locale).priceReport;
    const prices = report.prices.map((point) => ({ at: parseInstant(point.time) ?? 0, price: point.price }));
    const summary = summarize(prices);
    // `plan` has seen that there is a price.
    if (summary === undefined) return { text: words.none(report.hotelName) };
    const show = writer(report.currency, reader, summary);
    const hotel = `${report.hotelName}, ${report.city}`;
    const trend = trendOf(summary, show, words);
    const now = words.now(hotel, show.amount(summary.current.price));
    return {
      summary: words.summary(now, trend),
      card: {
        type: 'AdaptiveCard',
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        version: '1.5',
        fallbackText: `${now} ${trend}`,
        body: [
          {
            type: 'TextBlock',
            text: words.title(report.hotelName),
            weight: 'Bolder',
            size: 'Medium',
            wrap: true,
          },
          { type: 'TextBlock', text: report.city, isSubtle: true, spacing: 'None', wrap: true },
          { type: 'TextBlock', text: trend, wrap: true },
          priceChart(summary, show),
          ...(prices.length > summary.bars.length
            ? [
                {
                  type: 'TextBlock',
                  text: words.averages,
                  size: 'Small',
                  isSubtle: true,
                  wrap: true,
                },
              ]
            : []),
          figures(summary, show, words),
        ],
        actions: [
          { type: 'Action.Submit', title: words.watch, data: { notifier: `watch ${hotel}` } },
          ...(report.url === undefined
            ? []
            : [{ type: 'Action.OpenUrl', title: words.seeHotel, url: report.url }]),
        ],
      },
    };
  },
});

type ReportWords = Words['priceReport'];

interface Writer extends ChartWords {
  /** Times are times of day. */
  readonly isOneDay: boolean;
  percent(value: number): string;
}

function writer(code: string, reader: Reader, { first, current }: PriceSummary): Writer {
  const { timeZone } = reader;
  const locale = localeFor(reader.locale);
  const day = dateFormat(locale, timeZone, { month: 'short', day: 'numeric' });
  const clock = dateFormat(locale, timeZone, { hour: 'numeric', minute: '2-digit' });
  const isOneDay = day.format(first.at) === day.format(current.at);
  return {
    isOneDay,
    amount: (value) => formatPrice(value, code, locale),
    percent: (value) => formatPercent(value, locale),
    // A time of day when all prices are of one day.
    time: (at) => (isOneDay ? clock : day).format(at),
  };
}

function dateFormat(locale: string, timeZone: string, style: Intl.DateTimeFormatOptions) {
  try {
    return new Intl.DateTimeFormat(locale, { ...style, timeZone });
  } catch {
    // What the channel said is no zone; nothing is lost but the hours.
    return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' });
  }
}

function trendOf({ first, current, average }: PriceSummary, show: Writer, words: ReportWords): string {
  if (first === current) return words.onlyPrice;
  const change = first.price === 0 ? 0 : ((current.price - first.price) / first.price) * 100;
  const moved = words.moved(
    { time: show.time(first.at), isClock: show.isOneDay },
    Math.abs(change) < 1 ? undefined : { by: show.percent(Math.abs(change)), isFall: change < 0 },
  );
  const off = average === 0 ? 0 : ((current.price - average) / average) * 100;
  return words.trend(
    moved,
    Math.abs(off) < 1 ? undefined : { by: show.percent(Math.abs(off)), isBelow: off < 0 },
  );
}

function figures(summary: PriceSummary, show: Writer, { facts }: ReportWords): JsonObject {
  const { current, lowest, highest, average } = summary;
  const dated = ({ at, price: amount }: typeof current) => `${show.amount(amount)} (${show.time(at)})`;
  return {
    type: 'FactSet',
    spacing: 'Medium',
    facts: [
      { title: facts.now, value: show.amount(current.price) },
      { title: facts.lowest, value: dated(lowest) },
      { title: facts.highest, value: dated(highest) },
      { title: facts.average, value: show.amount(average) },
    ],
  };
}
