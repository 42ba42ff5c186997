import { monthNamed } from '../phrase/words.ts';
import { languages } from './languages.ts';
import { lexiconOf } from './lexicon.ts';

/** Whether a word is the name of a month in one of the languages. */
export function isMonth(word: string): boolean {
  return languages.some((language) =>
    lexiconOf(language)
      .entries.get(word.toLowerCase())
      ?.some(
        ({ spelling, notation }) => spelling.length === 1 && monthNamed(notation[0] ?? '') !== undefined,
      ),
  );
}
