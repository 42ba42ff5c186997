/** A part of a text: what stands between two signs, with them, or what stands around that. */
export interface Span {
  readonly text: string;
  readonly isMarked: boolean;
}

/** The text in parts, of which those that begin and end with the signs are marked. Each sign is looked at once. */
export function spansOf(
  text: string,
  [open, close]: readonly [string, string],
  longest: number,
): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  let next = text.indexOf(open);
  while (next >= 0) {
    const end = text.indexOf(close, next + 1);
    if (end < 0) break;
    const again = open === close ? -1 : text.lastIndexOf(open, end - 1);
    const start = Math.max(next, again);
    if (end - start > 1 && end - start <= longest) {
      if (start > from) spans.push({ text: text.slice(from, start), isMarked: false });
      spans.push({ text: text.slice(start, end + 1), isMarked: true });
      from = end + 1;
      next = text.indexOf(open, from);
    } else next = open === close ? end : text.indexOf(open, end + 1);
  }
  if (from < text.length) spans.push({ text: text.slice(from), isMarked: false });
  return spans;
}

/** In one line: every line break with the spaces around it is a space. */
export function inOneLine(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}
