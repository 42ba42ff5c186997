import { counting } from '../counting.ts';
import type { cards as english } from '../en/cards.ts';
import type { Wording } from '../wording.ts';

const count = counting('de');

export const cards: Wording<typeof english> = {
  kinds: {
    notification: 'Nachricht',
    digest: 'Sammelnachricht',
    snoozed: 'Zurückgestellte Nachricht',
  },
  digest: {
    title: (reason, number) =>
      `${
        {
          waiting: 'Während du beschäftigt warst',
          'quiet-hours': 'Während deiner Ruhezeit',
          burst: 'Viel auf einmal',
          mixed: 'Für dich zurückgehalten',
        }[reason]
      }: ${count(number, { one: '1 Nachricht', other: (many) => `${many} Nachrichten` })}`,
    more: (number) => `und ${number} weitere`,
    open: 'Öffnen',
    heldFor: {
      waiting: 'während du beschäftigt warst',
      'quiet-hours': 'in deiner Ruhezeit',
      burst: 'viel auf einmal',
    },
    mute: (topic) => `${topic} 1 Stunde stumm`,
    showAll: 'Alles zeigen',
  },
  cut: {
    textCut: '*Das ist nur der Anfang. Mit **verpasst** liest du alles.*',
    cardAsText: '*Die Karte ist zu groß für diesen Chat; das steht darauf. Mit **verpasst** liest du alles.*',
  },
};
