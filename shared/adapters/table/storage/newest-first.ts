import { days, type Instant, toIso } from '../../../domain/time.ts';

/*
 * Rows by time, the newest first: a partition a day (UTC), in it row keys that begin with the instant, counted down.
 */

/** Instants count down from here, so that the newest has the first key. */
const LAST = 9_999_999_999_999;

/** The instant, counted down; of what is counted down, the instant. */
export function downFrom(at: Instant): string {
  return String(LAST - at).padStart(String(LAST).length, '0');
}

export function startOfDay(at: Instant): Instant {
  return Math.floor(at / days(1)) * days(1);
}

/** `o:2026-11-22` */
export function dayOf(prefix: string, at: Instant): string {
  return `${prefix}:${toIso(at).slice(0, 10)}`;
}
