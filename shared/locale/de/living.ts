import type { living as english } from '../en/living.ts';
import type { Wording } from '../wording.ts';

export const living: Wording<typeof english> = {
  inAnswerTo: (line) => `*Antwort auf: ${line}*`,
  seeBelow: '*Siehe unten: Es gibt eine neuere Nachricht.*',
  answered: (choice) => `Deine Antwort: **${choice}**.`,
  changeAnswer: 'Antwort ändern',
  chooseAgain: 'Wähle auf der Karte oben neu.',
  answers: (counts) =>
    `Antworten: ${counts.map(({ choice, count }) => `${choice} **${count}**`).join(' \u00b7 ')}`,
};
