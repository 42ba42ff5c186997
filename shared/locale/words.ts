import { de } from './de/de.ts';
import { en } from './en/en.ts';

/**
 * Everything that the bot says by itself, in one language. The form is that of English: a message that another language
 * lacks, or has beyond it, is a type error there.
 */
export type Words = typeof en;

/** Each language that the bot speaks, by its BCP 47 subtag. */
export const languages: { readonly [language: string]: Words } = { en, de };

/** The words for whoever reads in this locale (BCP 47, `de-AT`): English where it is another language, none, or no tag. */
export function wordsFor(locale: string | undefined): Words {
  return languages[languageOf(locale)] ?? en;
}

/**
 * The locale that times and numbers are written in: the reader's own where the bot speaks its language, so that a
 * sentence is in one language from end to end, and English otherwise.
 */
export function localeFor(locale: string | undefined): string {
  return locale !== undefined && Object.hasOwn(languages, languageOf(locale)) ? locale : 'en';
}

/** The language of a locale; `en` for what is no language tag. */
function languageOf(locale: string | undefined): string {
  try {
    return new Intl.Locale(locale ?? 'en').language;
  } catch {
    // A channel may send anything; nobody is told later or twice, only in English.
    return 'en';
  }
}
