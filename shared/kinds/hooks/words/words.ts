import { wordsIn } from '../../../locale/words.ts';
import { de } from './de.ts';
import { en } from './en.ts';

export type Words = typeof en;

export const { wordsFor, localeFor, languages } = wordsIn(en, { de });
