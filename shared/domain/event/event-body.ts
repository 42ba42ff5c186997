/** Text is read at most this often: it is JSON, was serialised by hand, and once more by its sender's client. */
const MOST_READINGS = 3;

const BYTE_ORDER_MARK = '\ufeff';

/**
 * What a body holds. Text is read as JSON, with or without a byte order mark, and JSON whose value is text again is
 * read once more: `body: JSON.stringify(event)` is what many send. What is no JSON stays as it is.
 */
export function unwrapped(body: unknown): unknown {
  let value = body;
  for (let reading = 0; reading < MOST_READINGS && typeof value === 'string'; reading += 1) {
    const read = readJson(value);
    if (!read.ok) return value;
    value = read.value;
  }
  return value;
}

/** The text that bytes are in UTF-8, without a byte order mark; `undefined` where they are none. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // No UTF-8: the caller says so, or keeps the bytes.
    return undefined;
  }
}

/** Says what stands where a JSON object belongs, with a remedy where there is one: `it is XML or HTML`. */
export function describeInstead(value: unknown): string {
  if (value === undefined) return 'there is none';
  if (value === null) return 'it is null';
  if (Array.isArray(value)) return `it is a list of ${value.length}; send each as an event of its own`;
  return typeof value === 'string' ? describeText(value) : `it is the ${typeof value} ${String(value)}`;
}

function describeText(given: string): string {
  const text = withoutMark(given).trim();
  if (text === '') return 'it is empty';
  if (text.startsWith('\u001f\ufffd')) return 'it is compressed with gzip; send it as it is';
  const replaced = text.indexOf('\ufffd');
  if (replaced >= 0)
    return `it has a byte at character ${replaced + 1} that is not UTF-8; send the JSON as UTF-8`;
  if (text.startsWith('<')) return 'it is XML or HTML; send JSON';
  const read = readJson(text);
  return read.ok
    ? 'it is JSON inside text, several times over; send it as it is'
    : `it is text that is not JSON (${read.reason})`;
}

function readJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } {
  try {
    return { ok: true, value: JSON.parse(withoutMark(text)) };
  } catch (cause) {
    // Not JSON: said to the sender, or to whoever looks at what was parked.
    return { ok: false, reason: cause instanceof Error ? cause.message : 'unreadable' };
  }
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
