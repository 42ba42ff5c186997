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
  /** @param dates of which one was meant by numbers alone */
  whichDate: (dates) => `Ist das der ${dates.join(' oder der ')}? Bitte schreib den Monat als Wort.`,
  /** @param zones that have the same short name */
  whichClock: (zones) => `Wessen Uhr ist gemeint, die von ${zones.join(' oder ')}? Bitte nenn eine Stadt.`,
  monthHasNo: (month, day) => `Den ${day}. ${month} gibt es nicht.`,
  faults: {
    'no-time': 'Darin finde ich keine Zeit, die ich verstehe.',
    'nothing-to-remind-of': 'Da ist eine Zeit, aber nichts, woran ich dich erinnern soll.',
    'in-the-past': 'Diese Zeit ist vorbei.',
    'too-far-ahead': 'Das ist in mehr als hundert Jahren.',
    'no-such-date': 'Dieses Datum gibt es nicht.',
    'no-such-clock': 'Diese Uhrzeit gibt es nicht: Stunden gehen von 0 bis 24, Minuten von 0 bis 59.',
    'no-such-interval':
      'In diesem Abstand kann ich nicht erinnern: Nenn mir eine ganze Zahl ab 1 von Minuten, Stunden, Tagen, Wochen, Monaten oder Jahren.',
    'which-times': 'Ich weiß nicht, zu welchen Uhrzeiten; bitte nenn mir jede.',
    'several-times': 'Das ist mehr als eine Zeit; bitte stell für jede eine Erinnerung.',
    'ends-before-it-begins': 'Das wäre zu Ende, bevor es anfängt.',
    'which-date': 'Aus den Zahlen allein geht nicht hervor, welche der Tag ist.',
    'which-zone': 'So heißen mehrere Zeitzonen.',
    'somebody-else':
      'Ich erinnere nur die Person, die mich darum bittet, oder den Ort, an dem ich gefragt werde.',
    'time-left':
      'Einen Teil dieser Zeit verstehe ich, beim Rest bin ich mir nicht sicher. Bitte sag es anders.',
    'unknown-zone': 'Die Zeitzone ist unbekannt; bitte stell sie zuerst ein.',
  },
};
