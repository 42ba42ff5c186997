/** Pieces of which whoever means harm makes a long text: words that a parser waits for, what parts them, and what is neither. */
const pieces = [
  'until monday ',
  'for 1 hour ',
  "'am ",
  "' ",
  '" ',
  '1 ',
  '1:',
  '1/',
  'in 1 hour and ',
  'every other ',
  'every day starting ',
  'mon ',
  'monday and ',
  'half past ',
  'an hour before ',
  'from friday to sunday ',
  'for ',
  'jeden zweiten ',
  'um 9 uhr ',
  '5.',
  'third monday after ',
  'at 9am new york ',
  '2027-',
  'on friday every ',
  'until ',
  'with my wife ',
  'and two kids ',
  'no, actually ',
  'change the return to ',
  'please ',
  'hi ',
  'below 1 ',
  '[a]: ',
  '[',
  '\\',
  'a/',
  'x',
  '9',
  ', ',
  ' ',
  'e\u0301',
  '\u{1f600}',
  '\u0000',
];

/** Signs that a text may end with, and that make a parser look back. */
const ends = [' x', '!', ' ok', ' for 2 hours', ' tomorrow at 9'];

export interface Shape {
  readonly name: string;
  /** So long, in UTF-16 units, and a few more. */
  readonly ofLength: (length: number) => string;
}

const repeated = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));

/** Long texts, each of one piece said again and again, and behind some of them something else. */
export const shapes: readonly Shape[] = pieces.map((piece, index) => {
  // Each piece has one of the ends behind it, so that all of them come.
  const end = ends[index % ends.length] ?? '';
  return {
    name: `${JSON.stringify(piece)} again and again, then ${JSON.stringify(end)}`,
    ofLength: (length) => `${repeated(piece, length)}${end}`,
  };
});

/** Runs of signs, which patterns at the end of a text look for, each with something behind it that is none. */
export const runs: readonly Shape[] = ['!', '?', ',', ' ', ', .'].map((piece) => ({
  name: `${JSON.stringify(piece)} again and again, then a letter`,
  ofLength: (length) => `x${repeated(piece, length)}x`,
}));
