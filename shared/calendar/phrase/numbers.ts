import { type Read, type Reader, skip, textAt } from './read.ts';
import type { Token } from './tokens.ts';

/** The 20 of a word that is a number. */
function numberNamed(word: string): number | undefined {
  return word[0] === 'n' && /^n[0-9]/.test(word) ? Number(word.slice(1)) : undefined;
}

/** The 3 of a word that says which of several. A length of time is one of them, too. */
function ordinalNamed(word: string): number | undefined {
  if (word === 'second') return 2;
  return word[0] === 'o' && /^o[0-9]/.test(word) ? Number(word.slice(1)) : undefined;
}

/** More than this is as much to whoever counts time: no sum of it leaves the numbers that are exact. */
const MOST = 1e12;

/** A whole number in digits, or in words below a hundred: `20`, `twenty five`, `forty-two`. */
export const readWhole: Reader<number> = (tokens, at) => {
  const token = tokens[at];
  if (token?.kind === 'number') return { value: Math.min(Number(token.text), MOST), next: at + 1 };
  const value = numberNamed(textAt(tokens, at));
  if (value === undefined) return undefined;
  if (value < 20 || value % 10 !== 0) return { value, next: at + 1 };
  const hyphen = textAt(tokens, at + 1) === '-' ? 1 : 0;
  const ones = numberNamed(textAt(tokens, at + 1 + hyphen));
  return ones !== undefined && ones > 0 && ones < 10
    ? { value: value + ones, next: at + 2 + hyphen }
    : { value, next: at + 1 };
};

/** How much of something: also `2.5`, `1/2`, `an`, `a couple of`, `half an`, `three quarters of an`, `a few`. */
export const readAmount: Reader<number> = (tokens, at) => {
  for (const [phrase, value] of amounts) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined) return { value, next };
  }
  const whole = readWhole(tokens, at);
  return whole === undefined
    ? undefined
    : withExponent(tokens, withFraction(tokens, withThousands(tokens, whole)));
};

/** The index behind a minus that belongs to the number behind it: `-5`, `minus 5`. */
export function skipMinus(tokens: readonly Token[], at: number): number | undefined {
  const isSign = /^[-\u2212]$/.test(textAt(tokens, at)) && tokens[at + 1]?.glued === true;
  const isWord = /^(?:minus|negative)$/.test(textAt(tokens, at));
  return (isSign || isWord) && readWhole(tokens, at + 1) !== undefined ? at + 1 : undefined;
}

/** `1,000,000`: three digits behind a comma are no fraction. */
function withThousands(tokens: readonly Token[], whole: Read<number>): Read<number> {
  let { value, next } = whole;
  while (textAt(tokens, next) === ',' && tokens[next]?.glued === true) {
    const digits = tokens[next + 1];
    if (digits?.kind !== 'number' || !digits.glued || digits.text.length !== 3) break;
    value = Math.min(value * 1000 + Number(digits.text), MOST);
    next += 2;
  }
  return { value, next };
}

/** `1e3`, `1e-3`. */
function withExponent(tokens: readonly Token[], read: Read<number>): Read<number> {
  const isE = textAt(tokens, read.next) === 'e' && tokens[read.next]?.glued === true;
  const sign = isE && /^[+-]$/.test(textAt(tokens, read.next + 1)) ? textAt(tokens, read.next + 1) : '';
  const at = read.next + 1 + sign.length;
  const power = tokens[at];
  if (!isE || power?.kind !== 'number' || !power.glued) return read;
  return { value: Math.min(read.value * 10 ** Number(`${sign}${power.text}`), MOST), next: at + 1 };
}

const amounts: readonly (readonly [string, number])[] = [
  ['a quarter of an', 0.25],
  ['quarter of an', 0.25],
  ['a quarter', 0.25],
  ['n3 quarters of an', 0.75],
  ['n3 - quarters of an', 0.75],
  ['half of an', 0.5],
  ['half an', 0.5],
  ['half a', 0.5],
  ['a half', 0.5],
  ['half', 0.5],
  ['a couple of', 2],
  ['a couple', 2],
  ['couple of', 2],
  ['couple', 2],
  ['a pair of', 2],
  ['a few', 3],
  ['few', 3],
  ['several', 3],
  ['another', 1],
  ['a dozen', 12],
  ['an', 1],
  ['a', 1],
];

const withFraction: (tokens: Parameters<Reader<number>>[0], whole: Read<number>) => Read<number> = (
  tokens,
  whole,
) => {
  const sign = tokens[whole.next];
  const behind = tokens[whole.next + 1];
  const isGlued = sign?.glued === true && behind?.kind === 'number' && behind.glued;
  if (isGlued && (sign.text === '.' || sign.text === ',') && behind.text.length <= 4)
    return { value: Number(`${whole.value}.${behind.text}`), next: whole.next + 2 };
  if (isGlued && sign.text === '/' && Number(behind.text) > 0 && behind.text.length <= 2)
    return { value: whole.value / Number(behind.text), next: whole.next + 2 };
  for (const phrase of ['and a half', 'and an half', 'and half', '½', '1 / 2']) {
    const next = skip(tokens, whole.next, phrase);
    if (next !== undefined) return { value: whole.value + 0.5, next };
  }
  return whole;
};

/** `1st`, `22nd`, `third`, `twenty first`, `31 st`. */
export const readOrdinal: Reader<number> = (tokens, at) => {
  const token = tokens[at];
  if (token?.kind === 'number' && token.text.length <= 3) {
    const suffix = textAt(tokens, at + 1);
    return /^(?:st|nd|rd|th)$/.test(suffix) ? { value: Number(token.text), next: at + 2 } : undefined;
  }
  const value = ordinalNamed(textAt(tokens, at));
  if (value !== undefined) return { value, next: at + 1 };
  const ten = numberNamed(textAt(tokens, at));
  if (ten !== 20 && ten !== 30) return undefined;
  const hyphen = textAt(tokens, at + 1) === '-' ? 1 : 0;
  const one = ordinalNamed(textAt(tokens, at + 1 + hyphen));
  return one !== undefined && one < 10 ? { value: ten + one, next: at + 2 + hyphen } : undefined;
};
