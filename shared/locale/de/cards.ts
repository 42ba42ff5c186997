import { counting } from '../counting.ts';
import type { cards as english } from '../en/cards.ts';
import type { Wording } from '../wording.ts';

const count = counting('de');

export const cards: Wording<typeof english> = {
  kinds: {
    notification: 'Nachricht',
    build: 'Build beendet',
    reminder: 'Erinnerung',
    priceAlert: 'Preisalarm',
    priceReport: 'Preisbericht',
    digest: 'Sammelnachricht',
    survey: 'Umfrage',
    snoozed: 'Zurückgestellte Nachricht',
  },
  build: {
    results: { succeeded: 'erfolgreich', failed: 'fehlgeschlagen', canceled: 'abgebrochen' },
    title: (pipeline, number, result) => `Build ${pipeline} #${number} ${result}`,
    onBranch: (title, branch) => `${title} auf ${branch}`,
    facts: { branch: 'Branch' },
    open: 'Build öffnen',
  },
  digest: {
    title: (reason, number) =>
      `${
        {
          waiting: 'Während du gebucht hast',
          'quiet-hours': 'Während deiner Ruhezeit',
          burst: 'Viel auf einmal',
          mixed: 'Für dich zurückgehalten',
        }[reason]
      }: ${count(number, { one: '1 Nachricht', other: (many) => `${many} Nachrichten` })}`,
    more: (number) => `und ${number} weitere`,
    open: 'Öffnen',
    showAll: 'Alles zeigen',
  },
  cut: {
    textCut: '*Das ist nur der Anfang. Mit **missed** oder **verpasst** liest du alles.*',
    cardAsText:
      '*Die Karte ist zu groß für diesen Chat; das steht darauf. Mit **missed** oder **verpasst** liest du alles.*',
  },
  priceAlert: {
    fallen: (hotel, now, before, drop) => `${hotel}: ${now}, vorher ${before} (${drop} weniger)`,
    now: (hotel, now) => `${hotel}: jetzt ${now}`,
    less: (drop) => `${drop} weniger`,
    was: (before) => `vorher ${before}`,
    reason: ({ kind, amount }) =>
      `Du wolltest Bescheid wissen ${kind === 'drop' ? `ab ${amount} Preisnachlass` : `bei einem Preis unter ${amount}`}.`,
    book: 'Buchen',
    seeOffer: 'Zum Angebot',
    snooze: 'Einen Tag Pause',
    stop: 'Nicht mehr beobachten',
  },
  priceReport: {
    none: (hotel) => `Zu ${hotel} kenne ich noch keine Preise.`,
    summary: (now, trend) => `Preisbericht zu ${now} ${trend}`,
    now: (hotel, now) => `${hotel}: jetzt ${now}.`,
    title: (hotel) => `Preise von ${hotel}`,
    averages: 'Benachbarte Preise sind als ihr Mittel gezeichnet.',
    watch: 'Preis beobachten',
    seeHotel: 'Zum Hotel',
    onlyPrice: 'Das ist der einzige Preis, den ich bisher gesehen habe.',
    moved: ({ time, isClock }, change) =>
      change === undefined
        ? `Der Preis ist etwa so hoch wie ${isClock ? `um ${time} Uhr` : `am ${time}`}`
        : `Der Preis ist seit ${isClock ? `${time} Uhr` : `dem ${time}`} um ${change.by} ${change.isFall ? 'gefallen' : 'gestiegen'}`,
    trend: (moved, off) =>
      `${moved} und liegt ${off === undefined ? 'nahe am Durchschnitt' : `${off.by} ${off.isBelow ? 'unter' : 'über'} dem Durchschnitt`}.`,
    facts: { now: 'Jetzt', lowest: 'Niedrigster', highest: 'Höchster', average: 'Durchschnitt' },
  },
};
