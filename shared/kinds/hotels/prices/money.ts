/** Prices of events are at most this: beyond it, thousandths are no longer exact. */
export const HIGHEST_PRICE = 1_000_000_000;

/**
 * A price as the reader writes it: `$189`, `149,50 €`.
 * @param currency ISO 4217
 * @param locale BCP 47 tag; one that is none is read as `en`
 */
export function formatPrice(price: number, currency: string, locale: string): string {
  const format = (tag: string) =>
    new Intl.NumberFormat(tag, {
      style: 'currency',
      currency,
      trailingZeroDisplay: 'stripIfInteger',
    }).format(price);
  try {
    return format(locale);
  } catch {
    // The channel gave no language tag; nothing is lost but the way of writing.
    return format('en');
  }
}

/**
 * `20 %` as the reader writes it, rounded.
 *
 * @param decimals of what somebody said themselves as many as they did
 */
export function formatPercent(percent: number, locale: string, decimals = 0): string {
  const format = (tag: string) =>
    new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: decimals }).format(percent / 100);
  try {
    return format(locale);
  } catch {
    // As above.
    return format('en');
  }
}
