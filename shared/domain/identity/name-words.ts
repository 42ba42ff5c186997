import type { ChannelAccount } from '../conversation/conversation.ts';

/** Letters of a word that count; what follows is not compared. */
export const LONGEST_WORD = 32;
/** Words that one person is found by, at most: names come from channels, where people may choose them. */
export const MOST_WORDS = 24;

/** Letters that are no others with an accent, and how they are written without. */
const LETTERS: { readonly [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** What somebody is found by. */
export type FoundBy = ChannelAccount & { readonly mail?: string; readonly userPrincipalName?: string };

/** Letters and digits alone, without case and accents: `Zoë O'Brien` is `zoeobrien`. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[ßæœøđðłþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Every word by whose beginning somebody is found: each word of the name and of the mail, by itself and as it is written
 * together (`Anna-Lena`: `anna`, `lena`, `annalena`), and each id as a whole, with and without what stands before its colon.
 */
export function wordsOf({ id, name = '', aadObjectId = '', mail = '', userPrincipalName = '' }: FoundBy) {
  const texts = [
    ...[...name.split(/\s+/), mail, userPrincipalName].flatMap((part) => [
      part,
      ...part.split(/[^\p{L}\p{N}\p{M}]+/u),
    ]),
    aadObjectId,
    id,
    id.slice(id.indexOf(':') + 1),
  ];
  const words = texts.map(wordOf).filter((word) => word !== '');
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** By which somebody is found beside `wordsOf`, once these names were told of them. */
export function namesAsWords(names: Pick<FoundBy, 'mail' | 'userPrincipalName'>): readonly string[] {
  return wordsOf({ id: '', ...names });
}

/** The beginnings of words that somebody looks for, longest first: the longest leads to the fewest. */
export function termsOf(text: string): readonly string[] {
  const terms = text
    .split(/\s+/)
    .map(wordOf)
    .filter((term) => term !== '');
  return [...new Set(terms)].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
}

/** Whether each term begins one of the words. */
export function areFoundBy(words: readonly string[], terms: readonly string[]): boolean {
  return terms.every((term) => words.some((word) => word.startsWith(term)));
}

function wordOf(text: string): string {
  return [...folded(text)].slice(0, LONGEST_WORD).join('');
}
