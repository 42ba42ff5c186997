import { defined } from '../../../domain/defined.ts';
import { type Duration, days, hours, minutes } from '../../../domain/time.ts';
import { HIGHEST_PRICE } from '../prices/money.ts';
import { defaultCondition, type WatchCondition } from '../prices/price-watch.ts';

export type WatchPhrase =
  | {
      readonly ok: true;
      readonly hotel: string;
      readonly condition: WatchCondition;
      /** The condition as it was said, to say it again for another hotel: ` below 150`; empty for the default. */
      readonly said: string;
      /** ISO 4217, where the price was said with one. */
      readonly currency?: string;
    }
  /** Which part of it is missing, or is no number that can be meant. */
  | { readonly ok: false; readonly wrong: 'price' | 'percent' };

// The last place where they fit is meant: a hotel may be called `Drop Inn`.
const BELOW = /^(.*\s)?(?:below|under)\b(.*)$/is;
const DROP = /^(.*\s)?drops?\b(.*)$/is;
const PERCENT = /^(\d{1,3}(?:[.,]\d)?)(?:\s*(?:%|percent))?(?:\s+or\s+more)?$/i;

/** Reads what follows `watch`: `Vegas Grand`, `Vegas Grand below $150`, `Vegas Grand drop 10%`. */
export function readWatchPhrase(text: string): WatchPhrase {
  const below = BELOW.exec(text);
  if (below !== null) {
    const [, before = '', behind = ''] = below;
    const amount = behind.trim();
    const hotel = before.trim();
    const price = readAmount(amount);
    if (price !== undefined && price.price > 0) {
      const condition = { kind: 'below', price: price.price } as const;
      return {
        ok: true,
        hotel,
        condition,
        said: ` below ${amount}`,
        ...defined({ currency: price.currency }),
      };
    }
    // A hotel may be called so: only what looks like a price is meant as one.
    if (amount === '' || /^\W*\d/.test(amount)) {
      return { ok: false, wrong: 'price' };
    }
  }
  const drop = DROP.exec(text);
  if (drop !== null) {
    const [, before = '', behind = ''] = drop;
    const amount = behind.trim().replace(/^(?:of|by)\s+/i, '');
    const hotel = before.trim();
    const percent = Number(PERCENT.exec(amount)?.[1]?.replace(',', '.') ?? Number.NaN);
    if (percent > 0 && percent < 100) {
      const condition = { kind: 'drop', percent } as const;
      return { ok: true, hotel, condition, said: ` drop ${percent}%` };
    }
    if (amount === '' || /^\W*\d/.test(amount)) {
      return { ok: false, wrong: 'percent' };
    }
  }
  return { ok: true, hotel: text.trim(), condition: defaultCondition, said: '' };
}

/** Reads an amount with or without a currency, as people write it: `150`, `$1,500`, `1.500,50 EUR`. */
export function readAmount(text: string): { readonly price: number; readonly currency?: string } | undefined {
  const match = /^([A-Z]{3}\b|[€$£¥])?\s*(\d[\d.,]*)\s*([A-Z]{3}|[€$£¥])?$/i.exec(text.trim());
  const [, before, digits, after] = match ?? [];
  if (digits === undefined || (before !== undefined && after !== undefined)) return undefined;
  const price = readNumber(digits);
  if (price === undefined || price > HIGHEST_PRICE) return undefined;
  const sign = before ?? after;
  // `$` and `¥` are several currencies: the hotel's own is meant.
  const currency = sign === undefined ? undefined : (SIGNS[sign] ?? sign.toUpperCase());
  return { price, ...(currency === undefined || /^[€$£¥]$/.test(currency) ? {} : { currency }) };
}

const SIGNS: { readonly [sign: string]: string } = { '€': 'EUR', '£': 'GBP' };

function readNumber(digits: string): number | undefined {
  if (/^\d{1,3}(,\d{3})+(\.\d{1,3})?$/.test(digits)) return Number(digits.replaceAll(',', ''));
  if (/^\d{1,3}(\.\d{3})+(,\d{1,3})?$/.test(digits)) {
    return Number(digits.replaceAll('.', '').replace(',', '.'));
  }
  return /^\d+([.,]\d{1,3})?$/.test(digits) ? Number(digits.replace(',', '.')) : undefined;
}

/** In English and in German. */
const LENGTH =
  /\s(an?|eine?n?|\d{1,3})\s*(minuten?|minutes?|mins?|stunden?|hours?|hrs?|h|tage?|days?|d|wochen?|weeks?|w)$/i;
const UNITS: readonly (readonly [RegExp, (count: number) => Duration])[] = [
  [/^m/i, minutes],
  [/^(?:h|s)/i, hours],
  [/^(?:d|t)/i, days],
  [/^w/i, (count) => days(7 * count)],
];

/** Reads what follows `snooze watch`: a hotel, and for how long; a day where nothing is said. */
export function readSnooze(text: string): { readonly hotel: string; readonly length: Duration } {
  const said = text.trim();
  const found = LENGTH.exec(said);
  const [, count = '', unit = ''] = found ?? [];
  const of = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  if (found === null || of === undefined) return { hotel: said, length: days(1) };
  const length = of(/^\D/.test(count) ? 1 : Number(count));
  const hotel = said
    .slice(0, found.index)
    .trim()
    .replace(/\sf(?:or|ür)$/i, '')
    .trim();
  return { hotel, length: length > 0 ? length : days(1) };
}
