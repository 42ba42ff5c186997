import type { Instant } from '../domain/time.ts';
import { formatLocal, relative } from './words.ts';

/**
 * A time by the clock of the zone, in the language of the locale, and how far it is from now unless that is left out:
 * `Monday, November 23, 2026 at 9:20 AM (in 20 minutes)`.
 */
export function describeTime(
  at: Instant,
  {
    now,
    zone,
    locale,
    isRelative = true,
  }: {
    readonly now: Instant;
    readonly zone: string;
    /** BCP 47. */
    readonly locale: string;
    readonly isRelative?: boolean;
  },
): string {
  const time = formatLocal(at, zone, locale);
  return isRelative ? `${time} (${relative(at, now, locale)})` : time;
}
