import type { Token } from '../phrase/tokens.ts';
import { de } from './de/de.ts';
import { en } from './en/en.ts';
import type { Language } from './language.ts';
import { lexiconOf, type Translation, translated } from './lexicon.ts';
import { orderFor } from './locales.ts';

/** Each language in which times are understood. */
export const languages: readonly Language[] = [en, de];

/**
 * A text in the notation of the grammar, as each language reads it: first the one that has most of its words, of equals that
 * of the locale, then the first of the languages. Others follow where they have a word that the first has not.
 */
export function translationsOf(
  tokens: readonly Token[],
  locale: string | undefined,
  among: readonly Language[] = languages,
): readonly Translation[] {
  const isOwn = ({ tag }: Language): number => (locale?.split('-')[0]?.toLowerCase() === tag ? 1 : 0);
  const [first, ...others] = among
    .map((language) => translated(tokens, lexiconOf(language), orderFor(locale)))
    .sort((a, b) => b.known.size - a.known.size || isOwn(b.language) - isOwn(a.language));
  if (first === undefined) return [];
  return [
    first,
    ...others.filter(
      ({ language, known }) => isOwn(language) === 1 || [...known].some((place) => !first.known.has(place)),
    ),
  ];
}
