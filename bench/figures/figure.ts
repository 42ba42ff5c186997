/** One measured figure beside its floor: what nobody can go below, measured in the same run or said where it is not. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor: number;
  /** Value by floor, for the reader: 1 is as good as can be. Where more is better it stays below 1. */
  readonly ratio: number | null;
  /** What the floor is, in a few words: for the table, not for JSON. */
  readonly floorIs: string;
}

export function figure(
  name: string,
  unit: string,
  { value, floor, floorIs }: { readonly value: number; readonly floor: number; readonly floorIs: string },
): Figure {
  return { name, unit, value: rounded(value), floor: rounded(floor), ratio: ratioOf(value, floor), floorIs };
}

/** `{"name","value","unit","floor","ratio"}`; the ratio is null where the floor is zero and the value is not. */
export function jsonLine({ name, value, unit, floor, ratio }: Figure): string {
  return JSON.stringify({ name, value, unit, floor, ratio });
}

function ratioOf(value: number, floor: number): number | null {
  if (value === floor) return 1;
  return floor === 0 ? null : rounded(value / floor);
}

/** Four digits that count, and whole numbers whole. */
function rounded(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}
