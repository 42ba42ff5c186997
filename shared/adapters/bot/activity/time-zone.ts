const MOST_REMEMBERED = 600;
const known = new Map<string, boolean>();

/** Whether the text names an IANA time zone. Remembered, since asking costs more than the rest of reading an activity. */
export function isTimeZone(text: string): boolean {
  const remembered = known.get(text);
  if (remembered !== undefined) return remembered;
  const answer = isSupported(text);
  // There are some 600 zones: whatever fills the memory beyond them is not one.
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(text, answer);
  return answer;
}

function isSupported(text: string): boolean {
  // Node takes offsets such as +02:00 for zones too; they know no daylight saving.
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    // The only error there is: no such zone.
    return false;
  }
}
