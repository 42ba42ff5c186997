import { languageOf } from '../../locale/words.ts';

/** Longer ways to say something, before the words are taken one by one. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [
    /(?<!\p{L})(?:nur hin(?:fahrt|flug)?|einfache fahrt|ohne (?:rückfahrt|rückflug)|kein rückweg)(?!\p{L})/giu,
    'one way',
  ],
  [/(?<!\p{L})(?:nur ich|ich allein(?:e)?|nur für mich)(?!\p{L})/giu, 'just me'],
  [/(?<!\p{L})zu zweit(?!\p{L})/giu, 'two of us'],
  [/(?<!\p{L})zu dritt(?!\p{L})/giu, 'three of us'],
  [/(?<!\p{L})zu viert(?!\p{L})/giu, 'four of us'],
  [/(?<!\p{L})zu fünft(?!\p{L})/giu, 'five of us'],
  [/(?<!\p{L})(?:ich möchte|ich will|wir möchten|wir wollen)(?!\p{L})/giu, 'i want'],
  [/(?<!\p{L})(?:doch lieber|lieber)(?!\p{L})/giu, 'rather'],
  // "Nach 3 Nächten" is a length, "nach Wien" a direction.
  [/(?<!\p{L})nach(?=\s+(?:\d|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn))/giu, 'after'],
  [/(?<!\p{L})nach(?!\p{L})/giu, 'to'],
  // "Frankfurt am Main" is a place.
  [
    /(?<!\p{L})am(?=\s+(?:\d|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|wochenende|nächsten|kommenden))/giu,
    'on',
  ],
];

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ heute: 'today', morgen: 'tomorrow', übermorgen: 'in 2 days', wochenende: 'weekend' },
    ...{ montag: 'monday', dienstag: 'tuesday', mittwoch: 'wednesday', donnerstag: 'thursday' },
    ...{ freitag: 'friday', samstag: 'saturday', sonnabend: 'saturday', sonntag: 'sunday' },
    ...{ januar: 'january', februar: 'february', märz: 'march', mai: 'may', juni: 'june' },
    ...{ juli: 'july', oktober: 'october', dezember: 'december' },
    ...{ nächsten: 'next', nächste: 'next', nächster: 'next', nächstes: 'next', kommenden: 'next' },
    ...{ diesen: 'this', diese: 'this', dieses: 'this', von: 'from', ab: 'from', bis: 'to' },
    ...{ vom: 'from', für: 'for', mit: 'with', und: 'and', zurück: 'back' },
    ...{ ein: 'a', eine: 'a', einem: 'a', einen: 'a', einer: 'a', zwei: 'two', drei: 'three', vier: 'four' },
    ...{ fünf: 'five', sechs: 'six', sieben: 'seven', acht: 'eight', neun: 'nine', zehn: 'ten' },
    ...{ tag: 'day', tage: 'days', tagen: 'days', woche: 'week', wochen: 'weeks', monat: 'month' },
    ...{ monate: 'months', monaten: 'months', nacht: 'night', nächte: 'nights', nächten: 'nights' },
    ...{ ich: 'me', allein: 'alone', alleine: 'alone', wir: 'we', sind: 'are', person: 'person' },
    ...{
      personen: 'people',
      leute: 'people',
      erwachsene: 'adults',
      kinder: 'kids',
      kindern: 'kids',
      kind: 'child',
    },
    ...{ mein: 'my', meine: 'my', meiner: 'my', meinem: 'my', meinen: 'my', frau: 'wife', mann: 'husband' },
    ...{ partnerin: 'partner', freund: 'friend', freundin: 'friend', familie: 'family' },
    ...{ ändere: 'change', ändern: 'change', ziel: 'destination', reiseziel: 'destination', ort: 'place' },
    ...{ datum: 'dates', termin: 'dates', abreise: 'departure', hinreise: 'departure', rückreise: 'return' },
    ...{
      rückfahrt: 'return',
      rückflug: 'return',
      reisende: 'travellers',
      stattdessen: 'instead',
      doch: 'rather',
    },
    ...{ nein: 'no', moment: 'wait' },
  }),
);

/** An answer in the words that the booking reads, for whoever writes German; any other stays as it is. */
export function inEnglish(text: string, locale: string): string {
  if (languageOf(locale) !== 'de') return text;
  const phrased = PHRASES.reduce((said, [phrase, english]) => said.replace(phrase, english), text);
  return phrased.replace(/\p{L}+/gu, (word) => WORDS.get(word.toLowerCase()) ?? word);
}
