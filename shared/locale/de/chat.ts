import type { chat as english } from '../en/chat.ts';
import type { Wording } from '../wording.ts';

export const chat: Wording<typeof english> = {
  hello: 'Hallo! Ich bin da und sage dir Bescheid, wenn etwas passiert.',
  welcome: 'Gern geschehen.',
  greeting: (name) =>
    `Hallo${name === undefined ? '' : ` ${name}`}, schön, dich kennenzulernen! ` +
    'Ich weiß jetzt, wo ich dich erreiche, und sage dir hier Bescheid, wenn etwas passiert. ' +
    'Schreib **hilfe**, um zu sehen, was ich verstehe.',
  help: 'Ich sage dir Bescheid, wenn etwas passiert, und erinnere dich, woran du willst.',
  groups: {
    news: 'Neues',
    reminders: 'Erinnerungen',
    quiet: 'Ruhe',
    own: 'Außerdem',
    you: 'Du und dieser Chat',
  },
  console: (address) =>
    `Die Konsole zeigt, was ich gesendet habe, an wen, und warum jemand nichts bekam: ${address}`,
  helpOne: (example) => `**${example}** zeigt, wie man einen Befehl sagt.`,
  saidAs: 'Das kannst du schreiben:',
  notUnderstood: 'Das habe ich nicht verstanden. **hilfe** zeigt, was ich kann.',
  didYouMean: (names) =>
    `Das habe ich nicht verstanden. Meinst du ${names.map((name) => `**${name}**`).join(' oder ')}?`,
  missed: {
    title: 'Ganz zu lesen',
    nothing: 'Du hast nichts verpasst: Zuletzt kam alles ganz bei dir an.',
    more: 'Mehr zeigen',
    continued: 'Fortsetzung',
    cardBelow: 'die Karte folgt',
  },
  sayAgain:
    'Entschuldige, hier ist zu viel auf einmal passiert, und deine Nachricht ist mir entgangen. Bitte schick sie noch einmal.',
  lostTrack:
    'Entschuldige, ich habe den Faden verloren: Ich wurde inzwischen geändert. Gebucht ist nichts; bitte fang noch einmal an.',
  tooLong: (most, length) =>
    `Das ist mir zu lang: Ich lese höchstens ${most} Zeichen, und deine Nachricht hat ${length}. Ich habe nichts damit gemacht. Bitte sag es kürzer; **hilfe** zeigt, was ich verstehe.`,
  failed:
    'Entschuldige, hier ist etwas schiefgegangen, und ich habe das nicht getan. Es lag nicht an dir, und der Fehler ist gemeldet; **hilfe** zeigt, was ich sonst kann.',
  failedForNow:
    'Entschuldige, das hat nicht geklappt: Ich komme gerade nicht an mein Gedächtnis. Bitte sag es in ein paar Minuten noch einmal.',
  inTheMiddle: (title) => `Wir sind mitten in deiner ${title}; mit **abbrechen** brichst du ab.`,
  nothingToResume: 'Es gibt nichts, womit wir weitermachen könnten: Abgebrochenes behalte ich einen Tag.',
  nothingToCancel: 'Es gibt nichts abzubrechen: Wir sind gerade bei nichts.',
};
