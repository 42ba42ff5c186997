import type { JsonObject } from '../../../domain/event/notification.ts';
import type { PriceSummary } from '../prices/price-report.ts';

/** How a chart's words are written. */
export interface ChartWords {
  amount(value: number): string;
  time(at: number): string;
}

/**
 * Pictures of one colour, 600 by 8 pixels, in the card itself: stretched over a column they are a bar, at any width of
 * the card. A card has no other element that is coloured, thin and as wide as it is told.
 */
const ORDINARY =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAlgAAAAIAQMAAAAfuRNBAAAAA1BMVEVbX8f/sOoDAAAAD0lEQVR42mNgGAWjgHYAAAJgAAF8cATqAAAAAElFTkSuQmCC';
const LOWEST =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAlgAAAAIAQMAAAAfuRNBAAAAA1BMVEUTikuZeMgqAAAAD0lEQVR42mNgGAWjgHYAAAJgAAF8cATqAAAAAElFTkSuQmCC';

/** No wider is a character of small bold text, in pixels; columns of different rows only line up with fixed widths. */
const CHARACTER = 9;

/** A row a price: when, the bar, how much. Bars begin at nothing, so that twice the price is twice as long. */
export function priceChart({ bars }: PriceSummary, words: ChartWords): JsonObject {
  const prices = bars.map(({ price }) => price);
  const range = { lowest: Math.min(...prices), highest: Math.max(...prices) };
  const rows = bars.map(({ from, price }) => ({
    time: words.time(from),
    amount: words.amount(price),
    share: range.highest === 0 ? 0 : price / range.highest,
    isLowest: price === range.lowest && range.lowest < range.highest,
  }));
  const widths = {
    time: widthOf(rows.map(({ time }) => time)),
    amount: widthOf(rows.map(({ amount }) => amount)),
  };
  return { type: 'Container', spacing: 'Medium', items: rows.map((row) => rowOf(row, widths)) };
}

function rowOf(
  row: { readonly time: string; readonly amount: string; readonly share: number; readonly isLowest: boolean },
  widths: { readonly time: string; readonly amount: string },
): JsonObject {
  const length = Math.min(100, Math.max(1, Math.round(row.share * 100)));
  const bar = {
    type: 'Column',
    width: length,
    spacing: 'None',
    verticalContentAlignment: 'Center',
    items: [{ type: 'Image', url: row.isLowest ? LOWEST : ORDINARY, height: '10px', altText: row.amount }],
  };
  const rest = { type: 'Column', width: 100 - length, spacing: 'None', items: [] };
  const cell = (width: string, text: JsonObject) => ({
    type: 'Column',
    width,
    verticalContentAlignment: 'Center',
    items: [{ type: 'TextBlock', size: 'Small', ...text }],
  });
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      cell(widths.time, { text: row.time, isSubtle: true }),
      {
        type: 'Column',
        width: 'stretch',
        spacing: 'Small',
        verticalContentAlignment: 'Center',
        items: [{ type: 'ColumnSet', columns: length === 100 ? [bar] : [bar, rest] }],
      },
      cell(widths.amount, {
        text: row.amount,
        horizontalAlignment: 'Right',
        ...(row.isLowest ? { weight: 'Bolder', color: 'Good' } : {}),
      }),
    ],
  };
}

function widthOf(texts: readonly string[]): string {
  return `${CHARACTER * Math.max(...texts.map(({ length }) => length)) + 4}px`;
}
