import { counting } from '../../../locale/counting.ts';
import type { Wording } from '../../../locale/wording.ts';
import type { en } from './en.ts';

const count = counting('de');

const reminders: Wording<typeof en>['reminders'] = {
  keepTheirClock: (zones) =>
    `Wiederkehrende Erinnerungen behalten die Uhr, nach der sie gestellt wurden (${zones.join(', ')}); **ändere erinnerung** ändert das.`,
  renumbered: (moved) =>
    `Deine Erinnerungen aus deiner anderen Unterhaltung stehen jetzt hier, mit anderen Nummern:\n\n${moved
      .map(({ from, to, text }) => `- aus ${from} wurde **${to}**: ${text}`)
      .join('\n')}`,
  which: (example) =>
    `Welche? Nenn mir ihre Nummer, zum Beispiel **${example}**; **erinnerungen** zeigt deine Erinnerungen.`,
  whenShallItCome: (number) => `Wann soll Erinnerung ${number} kommen?`,
  when: 'Wann soll ich dich erinnern?',
  whenOf: (what) => `Wann soll ich dich erinnern: ${what}?`,
  what: 'Woran soll ich dich erinnern?',
  whatAndWhen: 'Woran soll ich dich erinnern, und wann?',
  untilWhen: 'Bis wann soll ich es zurückstellen?',
  whens: {
    laterToday: 'Heute später',
    tonight: 'Heute Abend',
    tomorrow: 'Morgen 9:00',
    nextWeek: 'Nächste Woche',
  },
  tooLong: (most, length) =>
    `Eine Erinnerung hat höchstens ${most} Zeichen; deine hat ${length}. Bitte fass dich kürzer.`,
  tooMany: (most) =>
    `Du hast ${most} offene Erinnerungen, mehr merke ich mir nicht. **erinnerungen** zeigt sie: Schreib erst für einige **erledigt** oder **lösche erinnerung**.`,
  tooOften: (least) =>
    `Das hören hier mehrere, deshalb kommt eine Erinnerung höchstens alle ${least} Minuten. Bitte lass mehr Zeit dazwischen, oder sag es mir allein.`,
  tooManyAtOnce: (most, time) =>
    `Ich sage höchstens ${most} Erinnerungen in einer Minute, und am ${time} wären es mehr. Bitte nimm eine andere Minute; **erinnerungen** zeigt sie alle.`,
  cancelled: (number, text) => `Erinnerung ${number} ist gelöscht: ${text}`,
  done: (text) => `Erledigt: ${text}`,
  comesAgain: (time) => `Sie kommt wieder am ${time}.`,
  snoozed: (time, text) => `Zurückgestellt bis ${time}: ${text}`,
  snoozeOnce: (number, rest) =>
    `Zurückgestellt wird ein einzelnes Mal auf eine einzelne Zeit. Um zu ändern, wann sie wiederkehrt, schreib **ändere erinnerung ${number} ${rest}**.`,
  noneCame:
    'Es ist keine Erinnerung gekommen, die ich zurückstellen könnte. **erinnerungen** zeigt deine Erinnerungen.',
  assumed: {
    'time-of-day': 'Du hast keine Uhrzeit genannt, also habe ich eine gewählt.',
    'half-of-day': 'Du hast nicht gesagt, ob vor- oder nachmittags; ich habe das Wahrscheinlichere gewählt.',
    day: 'Das können mehrere Tage sein; ich habe den wahrscheinlichsten gewählt.',
  },
  onlyYou: 'Hier liest sonst niemand mit: Ich erinnere nur dich.',
  notYours: (number, who) =>
    `Erinnerung ${number} kann nur ${who ?? 'jemand anderes hier'} ändern, oder wer mich installiert hat. Sag **erinnerung stumm ${number}**, wenn sie hier nicht mehr kommen soll.`,
  muted: (number, text) => `Erinnerung ${number} kommt hier nicht mehr: ${text}`,
  unmuted: (number, text) => `Erinnerung ${number} kommt hier wieder: ${text}`,
  noSuch: (number) => `Es gibt keine Erinnerung ${number}. **erinnerungen** zeigt deine.`,
  named: (number, text) => `Erinnerung ${number} (${text})`,
  isOver: (named, isDone) =>
    `${named} ${isDone ? 'ist schon erledigt' : 'wurde gelöscht'}. Für eine neue schreib **erinnere mich**.`,
  doneBefore: (named, next) =>
    `Das ist schon erledigt. ${next === undefined ? `${named} kommt nicht noch einmal.` : `${named} kommt wieder am ${next}.`}`,
  wasMoved: (named, next) =>
    `${named} wurde inzwischen verlegt. ${next === undefined ? '**erinnerungen** zeigt, wann sie fällig war.' : `Sie kommt am ${next}.`}`,
  notDue: (named, number, next) =>
    `${named} war noch nicht fällig${next === undefined ? '' : `: Sie kommt am ${next}`}. Schreib **ändere erinnerung ${number}** und eine Zeit, um sie zu verlegen, oder **lösche erinnerung ${number}**.`,
  isSet: (number, text) => `Erinnerung **${number}** ist gestellt: ${text}`,
  isMoved: (number, text) => `Erinnerung **${number}** ist verlegt: ${text}`,
  followsClock: (zone) =>
    `Sie folgt der Uhr von ${zone}, auch wenn du deine Zeitzone änderst oder die Uhren umgestellt werden.`,
  guessedZone: (zone, number) =>
    `Deine Zeitzone kenne ich nicht und habe ${zone} genommen: Schreib zum Beispiel **zeitzone Berlin** und dann **ändere erinnerung ${number}**, wenn das nicht stimmt.`,
  next: (time) => `Nächstes Mal: ${time}`,
  buttons: {
    edit: 'Ändern',
    cancelReminder: 'Erinnerung löschen',
    cancel: 'Löschen',
    done: 'Erledigt',
    mute: 'Hier stumm',
    snoozeAnHour: '1 Stunde später',
    previousPage: 'Vorige Seite',
    nextPage: 'Nächste Seite',
  },
  none: 'Du hast keine Erinnerungen. Schreib zum Beispiel **erinnere mich morgen um 9 an den Zahnarzt**.',
  title: (page) => `Deine Erinnerungen${page === undefined ? '' : `, Seite ${page.number} von ${page.of}`}`,
  timesIn: (title, zone) => `${title} (Zeiten in ${zone}):`,
  groups: { missed: 'Vergangen und nicht erledigt', upcoming: 'Anstehend', recurring: 'Wiederkehrend' },
  wasDue: (time) => `war fällig am ${time}`,
  isSnoozed: ', zurückgestellt',
  isMuted: ', hier stumm',
  byClockOf: (zone) => `, nach der Uhr von ${zone}`,
  recurringLine: (rule, next) => `${rule}; nächstes Mal am ${next}`,
  due: {
    text: (text) => `Erinnerung: ${text}`,
    askedBy: (name) => `Gewünscht von ${name}`,
    dueAt: (number, time) => `Erinnerung ${number}, fällig am ${time}`,
    snoozedUntil: (time) => `Zurückgestellt bis ${time}`,
    late: '**Das kommt zu spät:** Zur rechten Zeit konnte ich dir nicht schreiben.',
    snoozeFor: 'Später erinnern:',
    later: 'Später…',
    snoozes: {
      minutes: (number) => count(number, { one: '1 Minute', other: (many) => `${many} Minuten` }),
      hours: (number) => count(number, { one: '1 Stunde', other: (many) => `${many} Stunden` }),
      tomorrow: 'Morgen 9:00',
    },
  },
};

/** All that the kind says. */
export const de: Wording<typeof en> = {
  reminders,
  titles: {
    reminder: 'Erinnerung',
  },
  commands: {
    'remind me': 'Erinnert dich, einmal oder immer wieder: in 20 Minuten, morgen um 9, werktags um 8:50',
    reminders: 'Zeigt deine Erinnerungen: vergangen und nicht erledigt, anstehend, wiederkehrend',
    'cancel reminder': 'Löscht eine Erinnerung; eine wiederkehrende endet damit',
    'edit reminder': 'Verlegt eine Erinnerung auf eine andere Zeit',
    done: 'Hakt eine Erinnerung ab',
    'mute reminder': 'Lässt eine Erinnerung hier nicht mehr kommen, für alle',
    'unmute reminder': 'Lässt sie wieder kommen',
    snooze: 'Bringt eine Erinnerung später noch einmal: 20 Minuten, morgen um 9',
  },
};
