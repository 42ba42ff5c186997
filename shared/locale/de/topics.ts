import { counting } from '../counting.ts';
import type { topics as english } from '../en/topics.ts';
import type { Wording } from '../wording.ts';

const count = counting('de');

export const topics: Wording<typeof english> = {
  offered: 'Das kannst du abonnieren:',
  messages: (number) => count(number, { one: 'eine Nachricht', other: (many) => `${many} Nachrichten` }),
  lately: (messages) => ` (${messages} in den letzten sieben Tagen)`,
  newsOf: 'In den letzten sieben Tagen gab es Neues zu:',
  covers:
    'Ein Thema schließt alle darunter ein: **builds** bringt auch **builds/web**. Andere Themen gehen auch, wenn jemand dazu etwas schickt.',
  whichToSubscribe: 'Welches Thema? Schreib zum Beispiel **abonniere builds**.',
  subscribed: (topic) => `Erledigt. Ich sage dir hier Bescheid, was bei **${topic}** passiert.`,
  subscribedAlready: (topic) => `Du hast **${topic}** schon abonniert.`,
  whichToUnsubscribe: 'Welches Thema? Mit **abbestellen alle** bestellst du alle ab.',
  unsubscribed: (topic) => `Erledigt. Ich sage dir nicht mehr Bescheid, was bei **${topic}** passiert.`,
  wasNotSubscribed: (topic) => `Du hattest **${topic}** nicht abonniert.`,
  unsubscribedAll: (number) =>
    number === 0
      ? 'Du hattest nichts abonniert.'
      : `Erledigt. Ich habe ${count(number, { one: 'ein Abo', other: (many) => `${many} Abos` })} beendet.`,
  none: 'Du hast noch nichts abonniert. **themen** zeigt, was es gibt.',
  list: 'Das hast du abonniert:',
  faults: {
    empty: 'Ein Thema darf nicht leer sein; schreib es wie „builds/web“.',
    'too-long': (most, length) => `Ein Thema hat höchstens ${most} Zeichen; dieses hat ${length}.`,
    segments:
      'Ein Thema besteht aus Abschnitten aus Buchstaben, Ziffern, Leerzeichen, „.“ „_“ „-“, getrennt durch „/“; schreib es wie „builds/web“.',
  },
};
