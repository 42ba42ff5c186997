const pattern = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Service Bus writes "for ever" as the longest .NET time span, which is about 29,000 years. */
const foreverDays = 10_000_000;

/**
 * Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds (`P14D`, `PT1M30S`). Service Bus's
 * longest one means for ever and gives `Infinity`; `undefined` for anything else.
 */
export function parseDuration(text: string): number | undefined {
  const match = pattern.exec(text);
  if (!match || text === 'P') return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  if (days >= foreverDays) return Number.POSITIVE_INFINITY;
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}
