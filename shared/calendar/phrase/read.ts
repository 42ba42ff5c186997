import type { Token } from './tokens.ts';

/** What was read, and the index of the token behind it. */
export interface Read<T> {
  readonly value: T;
  readonly next: number;
}

/** Reads something that begins with the token at an index; `undefined` when nothing of the kind stands there. */
export type Reader<T> = (tokens: readonly Token[], at: number) => Read<T> | undefined;

export function textAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.text ?? '';
}

/** Whether a name may be a short form of it, as it was written. */
export function isAbbreviated(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token !== undefined && token.end - token.start <= 4;
}

/** The words of the phrases that the code looks for; each is cut once. */
const cut = new Map<string, readonly string[]>();

function wordsOf(phrase: string): readonly string[] {
  const known = cut.get(phrase);
  if (known !== undefined) return known;
  const words = phrase.split(' ');
  cut.set(phrase, words);
  return words;
}

/** The index behind these words, one after the other; `undefined` when others stand there. */
export function skip(tokens: readonly Token[], at: number, phrase: string): number | undefined {
  let next = at;
  for (const word of wordsOf(phrase)) {
    if (textAt(tokens, next) !== word) return undefined;
    next += 1;
  }
  return next;
}

/** The index behind the first of the phrases that stands there, or the index itself. */
export function skipAny(tokens: readonly Token[], at: number, phrases: readonly string[]): number {
  for (const phrase of phrases) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined) return next;
  }
  return at;
}

/** The first of the readers that reads something. */
export function firstOf<T>(...readers: readonly Reader<T>[]): Reader<T> {
  return (tokens, at) => {
    for (const read of readers) {
      const found = read(tokens, at);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Things of a kind with `,`, `and`, `or` or `&` between them; at least one, at most twelve. */
export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (tokens, at) => {
    const values: T[] = [];
    let next = at;
    for (let found = read(tokens, at); found !== undefined && values.length < 12; ) {
      values.push(found.value);
      next = found.next;
      found = read(
        tokens,
        skipAny(tokens, next, [', and', ',', 'and on', 'and at', 'and', '&', '+', 'or', '/']),
      );
      if (found !== undefined && found.next === next) break;
      if (found !== undefined && skipAny(tokens, next, [',', 'and', '&', '+', 'or', '/']) === next) break;
    }
    return values.length === 0 ? undefined : { value: values, next };
  };
}
