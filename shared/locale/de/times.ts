import type { times as english } from '../en/times.ts';
import type { Wording } from '../wording.ts';

export const times: Wording<typeof english> = {
  zoneSet: (zone, time) => `Erledigt. Deine Zeitzone ist **${zone}**, dort ist es ${time}.`,
  zone: (zone, time) =>
    `Deine Zeitzone ist **${zone}**, dort ist es ${time}. Mit **zeitzone Berlin** zum Beispiel änderst du sie.`,
  zoneIsGuessed: (zone) =>
    `Deine Zeitzone kenne ich nicht und nehme **${zone}**. Schreib zum Beispiel **zeitzone Berlin**.`,
  whichZone: (names, areLikely) =>
    `${areLikely ? 'Welche meinst du?' : 'So eine Zeitzone oder Stadt kenne ich nicht.'} Schreib zum Beispiel ${names
      .map((name) => `**zeitzone ${name}**`)
      .join(' oder ')}.`,
  monthHasNo: (month, day) => `Den ${day}. ${month} gibt es nicht.`,
  faults: {
    'no-time': 'Darin finde ich keine Zeit, die ich verstehe.',
    'nothing-to-remind-of': 'Da ist eine Zeit, aber nichts, woran ich dich erinnern soll.',
    'in-the-past': 'Diese Zeit ist vorbei.',
    'too-far-ahead': 'Das ist in mehr als hundert Jahren.',
    'no-such-date': 'Dieses Datum gibt es nicht.',
    'no-such-interval':
      'In diesem Abstand kann ich nicht erinnern: Nenn mir eine ganze Zahl ab 1 von Minuten, Stunden, Tagen, Wochen, Monaten oder Jahren.',
    'which-times': 'Ich weiß nicht, zu welchen Uhrzeiten; bitte nenn mir jede.',
    'several-times': 'Das ist mehr als eine Zeit; bitte stell für jede eine Erinnerung.',
    'ends-before-it-begins': 'Das wäre zu Ende, bevor es anfängt.',
    'unknown-zone': 'Die Zeitzone ist unbekannt; bitte stell sie zuerst ein.',
  },
};
