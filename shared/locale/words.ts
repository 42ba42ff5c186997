import { de } from './de/de.ts';
import { en } from './en/en.ts';
import type { Wording } from './wording.ts';

/**
 * Everything that the bot says by itself, in one language. The form is that of English: a message that another language
 * lacks, or has beyond it, is a type error there.
 */
export type Words = Wording<typeof en>;

/** What somebody says, in each language that they speak. */
export interface Spoken<Messages> {
  /** By BCP 47 subtag. */
  readonly languages: { readonly [language: string]: Messages };
  /** The words for whoever reads in this locale (BCP 47, `de-AT`): English where it is another language, none, or no tag. */
  readonly wordsFor: (locale: string | undefined) => Messages;
  /**
   * The locale that times and numbers are written in: the reader's own where these words are in its language, so that a
   * sentence is in one language from end to end, and English otherwise.
   */
  readonly localeFor: (locale: string | undefined) => string;
}

/**
 * Words in English, and in as many languages more as there are: of the whole bot, or of one kind of notification.
 *
 * ```ts
 * const { wordsFor } = wordsIn({ greeting: 'Good morning' }, { de: { greeting: 'Guten Morgen' } });
 * wordsFor('de-AT').greeting; // Guten Morgen
 * ```
 */
export function wordsIn<Messages>(
  english: Messages,
  others: { readonly [language: string]: Wording<Messages> } = {},
): Spoken<Wording<Messages>> {
  // English is a wording of itself.
  const languages = { en: english as Wording<Messages>, ...others };
  const known = new Map(Object.entries(languages));
  return {
    languages,
    wordsFor: (locale) => known.get(languageOf(locale) ?? 'en') ?? languages.en,
    localeFor: (locale) => (locale !== undefined && known.has(languageOf(locale) ?? '') ? locale : 'en'),
  };
}

/** Locales that were looked at; few are in use, and reading a tag takes longer than all else that words need. */
const known = new Map<string, string | undefined>();
const MOST_KNOWN = 1000;

/** The language of a locale; `undefined` for what is no language tag. */
export function languageOf(locale: string | undefined): string | undefined {
  if (locale === undefined) return undefined;
  if (known.has(locale)) return known.get(locale);
  if (known.size >= MOST_KNOWN) known.clear();
  const language = readLanguage(locale);
  known.set(locale, language);
  return language;
}

function readLanguage(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale).language;
  } catch {
    // A channel may send anything; nobody is told later or twice, only in English.
    return undefined;
  }
}

/** What the engine says by itself. */
export const { languages, wordsFor, localeFor } = wordsIn(en, { de });
