import { parseRateLimits, type RateLimit } from './delivery/pace.ts';
import { type Duration, hours, milliseconds } from './time.ts';

/** Limits on one conversation; each is looked at for each send. */
export const MOST_LIMITS = 10;

/** Of a limit. Sends are remembered for an hour; so many in a window are more than a channel takes. */
const bounds = {
  count: { least: 1, most: 100_000 },
  window: { least: milliseconds(100), most: hours(1) },
} as const;

export function parseDuration(value: string): Duration | undefined {
  const limit = /^\d+(ms|s|m|h)$/.test(value) ? parseRateLimits(`1/${value}`)?.[0] : undefined;
  return limit?.window;
}

export function meantLimits(value: string): readonly RateLimit[] | undefined {
  const limits = parseRateLimits(value);
  const areMeant = limits?.every(
    ({ count, window }) =>
      within(count, bounds.count) !== undefined && within(window, bounds.window) !== undefined,
  );
  return areMeant === true && (limits?.length ?? 0) <= MOST_LIMITS ? limits : undefined;
}

/** A number as people write it: no exponent, no sign, no other base. */
export function decimal(value: string): number | undefined {
  return /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : undefined;
}

export function within(
  value: number | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

export function scaled(value: number | undefined, unit: Duration): Duration | undefined {
  return value === undefined ? undefined : Math.round(value * unit);
}

export function timeZone(value: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    // Not a zone: the caller names the key and the rule.
    return undefined;
  }
}
