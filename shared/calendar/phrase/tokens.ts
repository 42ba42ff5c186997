import { corrected } from './words.ts';

/** A piece of what somebody wrote. */
export interface Token {
  readonly kind: 'word' | 'number' | 'sign' | 'quoted';
  /** In lower case, spelled right; `'` for every apostrophe. Empty for quoted text, which nobody looks into. */
  readonly text: string;
  /** Where it stands in the text, as `slice` takes it. */
  readonly start: number;
  readonly end: number;
  /** Nothing stands between it and the token before. */
  readonly glued: boolean;
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
    const written = plain.slice(at, end).toLowerCase();
    const token = kind === 'quoted' ? '' : kind === 'word' ? corrected(written) : written;
    tokens.push({ kind, text: token, start: at, end, glued });
    at = end;
    glued = true;
  };
  const ends = lastOfEach(plain);
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
function endOfQuote(
  text: string,
  at: number,
  glued: boolean,
  ends: ReadonlyMap<string, number>,
): number | undefined {
  const open = text[at] ?? '';
  // 15" are seconds to some, and 'tis is no quotation: a quotation begins where a word could.
  if (glued && open !== '\u201c') return undefined;
  const close = open === "'" ? "'" : closing[open];
  if (close === undefined || (ends.get(close) ?? -1) <= at) return undefined;
  for (let end = text.indexOf(close, at + 1); end > 0; end = text.indexOf(close, end + 1)) {
    if (end === at + 1) return undefined;
    if (open !== "'" || !/[\p{L}\p{N}]/u.test(text[end + 1] ?? '')) return end + 1;
  }
  return undefined;
}

function lastOfEach(text: string): ReadonlyMap<string, number> {
  return new Map(["'", ...Object.values(closing)].map((sign) => [sign, text.lastIndexOf(sign)]));
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
