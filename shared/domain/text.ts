const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** No character that people use is longer, in UTF-16 units: a family of emoji has eleven. */
const LONGEST_CHARACTER = 64;

/**
 * The beginning of a text, of so many UTF-16 units at most, that ends with a whole character: no half of an emoji, no letter
 * without its accent. A character that is longer than everything people use is no reason to keep nothing: it is cut between
 * code points.
 */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const { index = 0 } =
    characters.segment(text.slice(0, longest + LONGEST_CHARACTER)).containing(longest) ?? {};
  const end = longest - index > LONGEST_CHARACTER ? longest : index;
  const code = text.charCodeAt(end);
  const isLowHalf = code >= 0xdc00 && code <= 0xdfff;
  return text.slice(0, isLowHalf ? end - 1 : end);
}

/** Without the signs at its end: those that the pattern matches, which is one for a single character. */
export function withoutTail(text: string, sign: RegExp): string {
  let end = text.length;
  while (end > 0 && sign.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** `20.10.`, `5. 6.`, `am 5.`, and neither `1.30.` nor `22-7.`: longer than what is looked at no date is. */
const DATE_AT_END =
  /(?:^|[\s,])(?:(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])|(?:am|den|dem|zum|the|on)\s\d{1,2})\.$/i;
const LONGEST_DATE = 12;

/**
 * What is said, without the signs that end a sentence. The last dot of a date is a part of it: `20.10.` is a day, `20.10` a
 * time of day.
 */
export function withoutFullStop(text: string): string {
  const bare = withoutTail(text, /[\s.!?]/);
  const dotted = text.slice(0, bare.length + 1);
  return DATE_AT_END.test(dotted.slice(-LONGEST_DATE)) ? dotted : bare;
}

/** The index behind what a sticky pattern matches from an index on, as often as it comes one after the other. */
export function behindEach(pattern: RegExp, text: string, from = 0): number {
  let at = from;
  for (pattern.lastIndex = from; pattern.test(text) && pattern.lastIndex > at; ) at = pattern.lastIndex;
  return at;
}
