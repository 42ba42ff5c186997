/** Ticks of .NET (100 ns since the year 1) at 1970, and in a millisecond. */
const ticksAt1970 = 621_355_968_000_000_000n;
const ticksPerMs = 10_000n;

/**
 * Application properties as the real host writes them for a function: JSON, with an AMQP timestamp as a date and time
 * in UTC, and bytes as base64.
 *
 * A .NET `DateTimeOffset` arrives as eight bytes, because the AMQP library drops its type and a number does not hold
 * it: eight bytes that are a moment between 1970 and 2100 are taken for one.
 */
export function propertiesJson(properties: Record<string, unknown>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, json(value)])),
  );
}

function json(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : dateText(value, 'Z');
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const moment = bytes.length === 8 ? momentOf(bytes.readBigInt64BE()) : undefined;
    return moment === undefined ? bytes.toString('base64') : dateText(moment, '+00:00');
  }
  return value;
}

function momentOf(ticks: bigint): Date | undefined {
  const ms = Number((ticks - ticksAt1970) / ticksPerMs);
  return ms >= 0 && ms < Date.UTC(2100, 0) ? new Date(ms) : undefined;
}

/** A fraction only where there is one, without trailing zeros. */
function dateText(date: Date, zone: string): string {
  return date.toISOString().replace(/\.?0*Z$/, zone);
}
