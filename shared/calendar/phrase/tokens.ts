/** What stands for a word that the language does not know: nothing in the grammar waits for it. */
export const UNKNOWN = '--';

/** A piece of what somebody wrote. */
export interface Token {
  readonly kind: 'word' | 'number' | 'sign' | 'quoted';
  /** In the notation of the grammar. Empty for quoted text, which nobody looks into. */
  readonly text: string;
  /** As it was written, in lower case; `'` for every apostrophe. */
  readonly said: string;
  /** Where it stands in the text, as `slice` takes it. */
  readonly start: number;
  readonly end: number;
  /** Nothing stands between it and the token before. */
  readonly glued: boolean;
  /** What a sign between numbers means to the person: which comes first in a date, or a clock of 24 hours. */
  readonly mark?: 'day-first' | 'month-first' | 'on-24';
}

const closing: { readonly [opening: string]: string } = {
  '"': '"',
  '\u201c': '\u201d',
  '\u201e': '\u201c',
  '\u00ab': '\u00bb',
  '`': '`',
};
const apostrophes = /[\u2018\u2019\u00b4]/g;
const word = /\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*/uy;
const number = /[0-9]+/y;
const space = /[\s\u200b\ufeff]+/uy;

/** Cuts text into words, numbers and signs. Takes time in proportion to the length of the text. */
export function tokensOf(text: string): readonly Token[] {
  const plain = text.replace(apostrophes, "'");
  const tokens: Token[] = [];
  let at = 0;
  let glued = false;
  const push = (kind: Token['kind'], end: number): void => {
    const said = kind === 'quoted' ? '' : plain.slice(at, end).toLowerCase().normalize('NFC');
    tokens.push({ kind, text: said, said, start: at, end, glued });
    at = end;
    glued = true;
  };
  const ends = endsIn(plain);
  while (at < plain.length) {
    const blank = endOf(space, plain, at);
    if (blank !== undefined) {
      at = blank;
      glued = false;
      continue;
    }
    const quoted = endOfQuote(plain, at, glued, ends);
    const wordEnd = endOf(word, plain, at);
    const numberEnd = endOf(number, plain, at);
    if (quoted !== undefined) push('quoted', quoted);
    else if (wordEnd !== undefined) push('word', wordEnd);
    else if (numberEnd !== undefined) push('number', numberEnd);
    else push('sign', at + ((plain.codePointAt(at) ?? 0) > 0xffff ? 2 : 1));
  }
  return tokens;
}

/** What stands between quotes, with them. */
function endOfQuote(text: string, at: number, glued: boolean, ends: Ends): number | undefined {
  const open = text[at] ?? '';
  // 15" are seconds to some, and 'tis is no quotation: a quotation begins where a word could.
  if (glued && open !== '\u201c') return undefined;
  const close = open === "'" ? "'" : closing[open];
  if (close === undefined || text[at + 1] === close) return undefined;
  const end = ends.after(close, at);
  return end === undefined ? undefined : end + 1;
}

/** Where quotations may end. Asked from the front of the text to its end, each place is looked at once. */
interface Ends {
  /** The first place behind `at` where such a sign ends a quotation. */
  after(sign: string, at: number): number | undefined;
}

function endsIn(text: string): Ends {
  const next = new Map<string, number>();
  return {
    after(sign, at) {
      let end = next.get(sign) ?? 0;
      while (end >= 0 && (end <= at || !isEnd(text, end))) end = text.indexOf(sign, Math.max(end, at) + 1);
      next.set(sign, end);
      return end < 0 ? undefined : end;
    },
  };
}

/** An apostrophe within a word ends nothing. */
function isEnd(text: string, at: number): boolean {
  return text[at] !== "'" || !/[\p{L}\p{N}]/u.test(text[at + 1] ?? '');
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
