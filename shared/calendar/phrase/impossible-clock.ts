/** `25:00`, `9:75`, and `25.30 Uhr`, in which the hours stand before a point; a number that goes on is something else. */
const HOURS_AND_MINUTES = /(?<![\d.:,/-])(\d{1,2})(?::(\d{2})|\.(\d{2})(?=\s?uhr\b))(?![\d:/-]|[.,]\d)/gi;
/** `25 Uhr`, `25 o'clock`, `25pm`. */
const HOURS = /(?<![\d.:,/-])(\d{2})(?=\s?(?:uhr|o['\u2019]?clock|[ap]\.?m)\b)/gi;

/**
 * The text with times of day in the place of those that no clock shows, each as long as it was; `undefined` where there is
 * none of these: what the rest of the text means shows whether a time was meant.
 */
export function withPossibleClocks(text: string): string | undefined {
  const changed = text
    .replace(HOURS_AND_MINUTES, (all, hours: string, colon?: string, point?: string) => {
      const minutes = colon ?? point ?? '';
      if (Number(hours) * 60 + Number(minutes) <= 24 * 60 && Number(minutes) < 60) return all;
      return `${Number(hours) > 23 ? '12' : hours}${all[hours.length] ?? ':'}00`;
    })
    .replace(HOURS, (hours) => (Number(hours) > 24 ? '12' : hours));
  return changed === text ? undefined : changed;
}
