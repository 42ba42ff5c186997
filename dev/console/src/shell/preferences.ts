import { kept } from './kept.ts';
import { store } from './store.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const language = store<Language>(firstLanguage());
export const theme = store<Theme>(THEMES.find((one) => one === kept.read('theme')) ?? 'auto');

function firstLanguage(): Language {
  const wanted = [kept.read('language') ?? '', ...navigator.languages];
  for (const tag of wanted) {
    const found = LANGUAGES.find((one) => tag.toLowerCase().startsWith(one));
    if (found !== undefined) return found;
  }
  return 'en';
}

/** Keeps them, and tells the document: its language for screen readers, its theme for the styles. */
export function applyPreferences(): void {
  const apply = () => {
    document.documentElement.lang = language.get();
    document.documentElement.dataset.theme = theme.get();
  };
  language.subscribe(() => {
    kept.write('language', language.get());
    apply();
  });
  theme.subscribe(() => {
    kept.write('theme', theme.get());
    apply();
  });
  apply();
}
