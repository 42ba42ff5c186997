import type { Screen } from '../../dev/cli/io.ts';
import type { Style } from '../../dev/cli/output/style.ts';
import { type Column, table } from '../../dev/cli/output/table.ts';
import type { Figure } from './figure.ts';

const columns: readonly Column[] = [
  { title: 'measured' },
  { title: 'value', align: 'right' },
  { title: 'unit' },
  { title: 'floor', align: 'right' },
  { title: 'ratio', align: 'right' },
  { title: 'the floor is' },
];

const grouped = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** The figures as a table for a person. */
export function showFigures(
  figures: readonly Figure[],
  layout: { readonly screen: Screen; readonly style: Style },
): string {
  const rows = figures.map(({ name, value, unit, floor, ratio, floorIs }) => [
    name,
    number(value),
    unit,
    number(floor),
    ratio === null ? '-' : number(ratio),
    floorIs,
  ]);
  return table(columns, rows, layout);
}

function number(value: number): string {
  return Math.abs(value) >= 1000 ? whole.format(value) : grouped.format(value);
}
