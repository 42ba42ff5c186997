import type { Wording } from '../../../locale/wording.ts';
import type { en } from './en.ts';

export const de: Wording<typeof en> = {
  title: 'Umfrage',
};
