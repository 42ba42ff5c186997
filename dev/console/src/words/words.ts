import { language } from '../shell/preferences.ts';
import { useStore } from '../shell/store.ts';
import { de } from './de/all.ts';
import { en } from './en/all.ts';

type Widened<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Name in keyof T]: Widened<T[Name]> };

/** Everything that the page says by itself, in one language. */
export type Words = Widened<typeof en>;

const all: { readonly en: Words; readonly de: Words } = { en, de };

export function useWords(): Words {
  return all[useStore(language)];
}

/** Where nothing is drawn: what is told once something is done. */
export function wordsNow(): Words {
  return all[language.get()];
}
