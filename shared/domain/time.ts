/** A point in time: milliseconds since 1970-01-01T00:00:00Z, as the `Clock` port gives it. */
export type Instant = number;

/** A length of time in milliseconds. Built by unit: `seconds(5)`, never as a bare number. */
export type Duration = number;

export const milliseconds = (count: number): Duration => count;
export const seconds = (count: number): Duration => count * 1000;
export const minutes = (count: number): Duration => seconds(count * 60);
export const hours = (count: number): Duration => minutes(count * 60);
export const days = (count: number): Duration => hours(count * 24);

/** Clocks of machines that work together are no further apart than this; Bot Framework's protocol says the same. */
export const CLOCKS_APART: Duration = minutes(5);

/**
 * Whether an instant lies further ahead than it can: `most` is what whoever wrote it may have added to its own clock. Such
 * an instant was written by a machine whose clock was wrong, and says nothing.
 */
export function isFarAhead(at: Instant, now: Instant, most: Duration = 0): boolean {
  return at > now + most + CLOCKS_APART;
}

/** Whether so little time has passed since; no time is in the future, except when this machine's clock was put back. */
export function isWithin(span: Duration, since: Instant | undefined, now: Instant): boolean {
  return since !== undefined && now >= since && now < since + span;
}

/** `2026-11-22T17:45:00.000Z`. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString();
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** Reads an RFC 3339 date-time; `undefined` when the text is none (a date that does not exist is none). */
export function parseInstant(text: string): Instant | undefined {
  if (!RFC3339.test(text)) return undefined;
  const instant = Date.parse(text.replace(' ', 'T').toUpperCase());
  if (Number.isNaN(instant)) return undefined;
  const day = Number(text.slice(8, 10));
  const daysInMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day <= daysInMonth ? instant : undefined;
}

const ISO_DURATION = /^P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;

/**
 * Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds (`PT10M`, `P1DT12H`, `P2W`).
 * Years and months are refused, because their length depends on when they start. `undefined` when unreadable.
 */
export function parseIsoDuration(text: string): Duration | undefined {
  const match = ISO_DURATION.exec(text);
  if (match === null || text === 'P' || text.endsWith('T')) return undefined;
  const [, w, d, h, m, s] = match;
  const total =
    days(7 * Number(w ?? 0)) +
    days(Number(d ?? 0)) +
    hours(Number(h ?? 0)) +
    minutes(Number(m ?? 0)) +
    seconds(Number(s ?? 0));
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}
