import type { Wording } from '../../../locale/wording.ts';
import { wordsIn } from '../../../locale/words.ts';
import { de } from './de.ts';
import { en } from './en.ts';

export type Words = Wording<typeof en>;

export const { wordsFor, localeFor, languages } = wordsIn(en, { de });
