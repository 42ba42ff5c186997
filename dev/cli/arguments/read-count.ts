import { UsageError } from './usage-error.ts';

/** Reads a whole number behind a flag; throws `UsageError` outside `least..most`. */
export function readCount(
  flag: string,
  text: string | undefined,
  range: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  if (text === undefined) return range.otherwise;
  const count = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= range.least && count <= range.most) return count;
  throw new UsageError(
    `${flag} is "${text}" and must be a whole number from ${range.least} to ${range.most}`,
  );
}
