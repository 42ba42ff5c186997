import { de } from './de/de.ts';
import { en } from './en/en.ts';
import type { Wording } from './wording.ts';

/**
 * Everything that the bot says by itself, in one language. The form is that of English: a message that another language
 * lacks, or has beyond it, is a type error there.
 */
export type Words = Wording<typeof en>;

/** Each language that the bot speaks, by its BCP 47 subtag. */
export const languages: { readonly [language: string]: Words } = { en, de };

/** The words for whoever reads in this locale (BCP 47, `de-AT`): English where it is another language, none, or no tag. */
export function wordsFor(locale: string | undefined): Words {
  const language = languageOf(locale);
  return (language === undefined ? undefined : languages[language]) ?? en;
}

/**
 * The locale that times and numbers are written in: the reader's own where the bot speaks its language, so that a
 * sentence is in one language from end to end, and English otherwise.
 */
export function localeFor(locale: string | undefined): string {
  const language = languageOf(locale);
  return locale !== undefined && language !== undefined && Object.hasOwn(languages, language) ? locale : 'en';
}

/** Locales that were looked at; few are in use, and reading a tag takes longer than all else that words need. */
const known = new Map<string, string | undefined>();
const MOST_KNOWN = 1000;

/** The language of a locale; `undefined` for what is no language tag. */
function languageOf(locale: string | undefined): string | undefined {
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
