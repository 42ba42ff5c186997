import type { Language } from '../language.ts';

export const de: Language = { tag: 'de' };
