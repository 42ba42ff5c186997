import type { living as english } from '../en/living.ts';
import type { Wording } from '../wording.ts';

export const living: Wording<typeof english> = {
  inAnswerTo: (line) => `*Antwort auf: ${line}*`,
  seeBelow: '*Siehe unten: Es gibt eine neuere Nachricht.*',
};
