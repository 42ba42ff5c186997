import { counting } from '../../../locale/counting.ts';
import type { Wording } from '../../../locale/wording.ts';
import type { en } from './en.ts';

const count = counting('de');

const booking: Wording<typeof en>['booking'] = {
  title: 'Reisebuchung',
  begin: 'Dann buchen wir eine Reise.',
  questions: {
    destination: 'Wohin möchtest du?',
    departure: (destination) => `Wann geht es los nach ${destination}?`,
    return: 'Wann kommst du zurück?',
    travellers: 'Wie viele reisen mit?',
    confirmation: (summary) => `Soll ich das buchen? ${summary}`,
  },
  soFar: (answer) => ` (Bisher: ${answer}.)`,
  calendar: 'de',
  date: (weekday, day, month, year) => `${weekday}, ${day}. ${month} ${year}`,
  monthFirst: (weekday, day, month, year) => `${weekday}, ${day}. ${month} ${year}`,
  oneWay: 'Nur hin',
  summary: (destination, dates, travellers) => {
    const back = dates.returning === undefined ? '' : ` bis ${dates.returning}`;
    return `**${destination}**, ${dates.departure}${dates.isOneWay ? ' (nur hin)' : back}, ${travellers}.`;
  },
  travellers: (number) => count(number, { one: '1 Person', other: (many) => `${many} Personen` }),
  nights: (number) => count(number, { one: '1 Nacht', other: (many) => `${many} Nächte` }),
  noPlace: 'Das verstehe ich nicht als Ort; eine Stadt oder ein Land genügt.',
  destinationTaken: (destination) => `${destination}, eine gute Wahl.`,
  noDate:
    'Das verstehe ich nicht als künftiges Datum. Schreib zum Beispiel **nächsten Freitag**, **12. Dezember** oder **in zwei Wochen**.',
  leaving: (departure, returning) =>
    `Hin am ${departure}${returning === undefined ? '' : `, zurück am ${returning}`}.`,
  oneWayThen: 'Also nur hin.',
  noReturn: (departure) =>
    `Ich brauche einen Tag, der nicht vor ${departure ?? 'der Abreise'} liegt: Schreib zum Beispiel **Sonntag**, **nach 3 Nächten** oder **nur hin**.`,
  backOn: (returning) => `Zurück am ${returning}.`,
  noTravellers: 'Wie viele Personen sind das? Schreib eine Zahl, **nur ich** oder **zu zweit**.',
  tooManyTravellers: (most) =>
    `Ich buche für höchstens ${most} Personen; größere Gruppen wenden sich an ein Reisebüro.`,
  travellersTaken: (travellers) => `${travellers}, notiert.`,
  notYet:
    'Noch ist nichts gebucht. Schreib, was ich ändern soll (**Reiseziel**, **Abreise**, **Rückreise** oder **Reisende**), oder **abbrechen**.',
  yesOrChange:
    'Bitte schreib **ja**, oder was ich ändern soll: **Reiseziel**, **Abreise**, **Rückreise** oder **Reisende**.',
  firstQuestion: 'Das ist die erste Frage. **abbrechen** bricht die Buchung ab.',
  oneStepBack: 'Einen Schritt zurück.',
  help: (hint) =>
    `Du buchst gerade eine Reise. ${hint} **zurück** ändert die vorige Antwort, **abbrechen** bricht die Buchung ab.`,
  hints: {
    destination: 'Nenn eine Stadt oder ein Land, etwa **London**.',
    departure: 'Nenn einen Tag, etwa **nächsten Freitag**, oder beide Tage: **Freitag bis Sonntag**.',
    return: 'Nenn einen Tag, oder wie lange: **nach 3 Nächten**. **nur hin** heißt: kein Rückweg.',
    travellers: 'Schreib, wie viele ihr seid: **nur ich**, **zu zweit**, **3**.',
    confirmation:
      '**ja** bucht die Reise. Oder nenn, was ich ändern soll: **Reiseziel**, **Abreise**, **Reisende**.',
  },
  chips: {
    departure: 'morgen; nächsten Freitag; in zwei Wochen',
    return: 'nach 3 Nächten; nach einer Woche; nur hin',
    travellers: 'nur ich; zu zweit; zu viert',
    confirmation: 'ja; zurück; abbrechen',
  },
  left: 'Die Reisebuchung ist abgebrochen; gebucht ist nichts.',
  booked: 'Gebucht. Gute Reise!',
  card: {
    title: 'Reise gebucht',
    departure: 'Hinreise',
    return: 'Rückreise',
    stay: 'Aufenthalt',
    travellers: 'Reisende',
    reference: 'Buchungsnummer',
  },
};

/** All that the kind says. */
export const de: Wording<typeof en> = {
  booking,
  commands: {
    'book travel': 'Bucht mit dir eine Reise, Frage für Frage',
  },
};
