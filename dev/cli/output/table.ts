import type { Screen } from '../io.ts';
import { oneLine } from './printable.ts';
import type { Style } from './style.ts';
import { cut, padEnd, padStart, widthOf } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * Rows under their titles. The last column is cut at the terminal's edge; all others are whole, because ids are there
 * to be copied.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  layout: { readonly screen: Screen; readonly style: Style },
): string {
  const cells = rows.map((row) => row.map(oneLine));
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...cells.map((row) => widthOf(row[index] ?? ''))),
  );
  const edge = layout.screen.isTTY ? (layout.screen.columns ?? 100) : Number.POSITIVE_INFINITY;
  const line = (texts: readonly string[]): string => {
    const padded = columns.map(({ align }, index) => {
      const text = texts[index] ?? '';
      const width = widths[index] ?? 0;
      return align === 'right' ? padStart(text, width) : padEnd(text, width);
    });
    return cut(padded.join('  ').trimEnd(), edge);
  };
  return [layout.style.bold(line(columns.map(({ title }) => title))), ...cells.map(line), ''].join('\n');
}

/** `name   value` lines, the names aligned; entries without a value are left out. */
export function fields(entries: readonly (readonly [string, string | undefined])[], style: Style): string {
  const shown = entries.filter(
    (entry): entry is readonly [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${style.dim(name.padEnd(width))}  ${oneLine(value)}\n`).join('');
}
