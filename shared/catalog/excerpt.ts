/** A word or a character that goes on for longer than this is cut in between; a rest no longer than this is no rest. */
export const LONGEST_WORD = 40;

/**
 * The beginning of a text: at least its first `least` characters (code points), to the end of a word, with a mark that
 * it goes on; the text itself where that is all of it. No pair of surrogates and no composed character is cut in two.
 */
export function excerptOf(text: string, least: number): { readonly text: string; readonly isCut: boolean } {
  if (text.length <= least) return { text, isCut: false };
  const end = endOf(text, least);
  return end >= text.length ? { text, isCut: false } : { text: `${text.slice(0, end)}…`, isCut: true };
}

/** The text in pieces of about `length` characters, each to the end of a word: put together, they are the text. */
export function piecesOf(text: string, length: number): readonly string[] {
  const pieces: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const end = endOf(rest, length);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return pieces;
}

/** Where to cut: the first end of a word behind `least` characters, else the first end of a character. */
function endOf(text: string, least: number): number {
  const from = placeOf(text, least);
  if (from + LONGEST_WORD >= text.length) return text.length;
  const around = text.slice(from, from + LONGEST_WORD);
  const space = around.search(/\s/);
  if (space >= 0) return from + space;
  // From a little before, so that a character that began there is seen as a whole.
  const before = Math.max(0, from - LONGEST_WORD);
  for (const { index } of new Intl.Segmenter().segment(text.slice(before, from + LONGEST_WORD))) {
    if (before + index >= from) return before + index;
  }
  return from;
}

/** The place behind so many code points. */
function placeOf(text: string, characters: number): number {
  // Fewer units than characters there are not.
  if (text.length <= characters) return text.length;
  let place = 0;
  for (let count = 0; count < characters && place < text.length; count += 1) {
    const code = text.codePointAt(place) ?? 0;
    place += code > 0xffff ? 2 : 1;
  }
  return place;
}
