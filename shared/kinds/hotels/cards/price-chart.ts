import type { JsonObject } from '../../../domain/event/notification.ts';
import type { PriceSummary } from '../prices/price-report.ts';

/** How a chart's words are written. */
export interface ChartWords {
  amount(value: number): string;
  time(at: number): string;
}

/**
 * Pictures of one colour in the card itself, drawn as wide and as high as a bar. A card has no other element that is
 * coloured, thin and as wide as it is told; stretched over a column they are as long as the picture in some clients.
 */
const ORDINARY =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAlgAAAAIAQMAAAAfuRNBAAAAA1BMVEVbX8f/sOoDAAAAD0lEQVR42mNgGAWjgHYAAAJgAAF8cATqAAAAAElFTkSuQmCC';
const LOWEST =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAlgAAAAIAQMAAAAfuRNBAAAAA1BMVEUTikuZeMgqAAAAD0lEQVR42mNgGAWjgHYAAAJgAAF8cATqAAAAAElFTkSuQmCC';

/** The longest bar, in pixels: beside it there is room for time and price on a phone. */
const LONGEST_BAR = 120;

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
  const length = Math.max(1, Math.round(row.share * LONGEST_BAR));
  const url = row.isLowest ? LOWEST : ORDINARY;
  const bar = { type: 'Image', url, width: `${length}px`, height: '10px', altText: row.amount };
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
        width: `${LONGEST_BAR}px`,
        spacing: 'Small',
        verticalContentAlignment: 'Center',
        items: [bar],
      },
      cell(widths.amount, {
        text: row.amount,
        ...(row.isLowest ? { weight: 'Bolder', color: 'Good' } : {}),
      }),
    ],
  };
}

function widthOf(texts: readonly string[]): string {
  return `${CHARACTER * Math.max(...texts.map(({ length }) => length)) + 4}px`;
}
