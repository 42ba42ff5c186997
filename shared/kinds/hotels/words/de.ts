import { counting } from '../../../locale/counting.ts';
import type { Wording } from '../../../locale/wording.ts';
import type { en } from './en.ts';

const count = counting('de');

const hotels: Wording<typeof en>['hotels'] = {
  when: ({ kind, amount }) =>
    kind === 'drop' ? `wenn der Preis um ${amount} oder mehr fällt` : `wenn der Preis unter ${amount} fällt`,
  watchLine: (hotel, when, from, isSnoozed) =>
    `${hotel}: ${when}${from === undefined ? '' : ` (von ${from} aus)`}${isSnoozed ? ', pausiert' : ''}`,
  watching: (hotel, told) => {
    const now = told.now === undefined ? '' : `Es kostet jetzt **${told.now}**. `;
    const promise = told.isBelow
      ? `Das liegt schon darunter; ich sage dir hier Bescheid, wenn der Preis wieder unter ${told.when.amount} fällt.`
      : `Ich sage dir hier Bescheid, ${hotels.when(told.when)}.`;
    return `${told.isNew ? 'Erledigt.' : 'Geändert.'} Ich beobachte **${hotel.name}** in ${hotel.city}. ${now}${promise}`;
  },
  otherCurrency: (hotel, theirs, said) =>
    `Die Preise von **${hotel}** kommen in ${theirs}, nicht in ${said}. Gib den Preis in ${theirs} an.`,
  belowWhat: 'Unter welchem Preis? Es muss eine Zahl über 0 sein, wie in **below 150**.',
  dropByWhat: 'Um wie viel? Es müssen mehr als 0 und weniger als 100 Prozent sein, wie in **drop 10%**.',
  list: 'Ich sage dir hier Bescheid:',
  noneYet: 'Du beobachtest noch kein Hotel. Schreib zum Beispiel **beobachte Vegas Grand drop 10%**.',
  none: 'Du beobachtest kein Hotel. Schreib zum Beispiel **beobachte Vegas Grand drop 10%**.',
  whichOfThem: 'Welches davon?',
  notWatched: (said) => `**${said}** beobachtest du nicht. Du beobachtest:`,
  noLongerWatched: (hotel) => `**${hotel}** beobachtest du nicht mehr.`,
  unwatched: (hotel, city) => `Erledigt. Ich beobachte **${hotel}** in ${city} nicht mehr.`,
  unwatchedAll: (number) =>
    number === 0
      ? 'Du beobachtest kein Hotel.'
      : `Erledigt. Ich beobachte ${count(number, { one: 'dieses Hotel', other: (many) => `diese ${many} Hotels` })} nicht mehr.`,
  snoozed: (hotel, length) => `Erledigt. Zu **${hotel}** sage ich dir ${length} lang nichts.`,
  lengths: {
    minutes: (number) => count(number, { one: 'eine Minute', other: (many) => `${many} Minuten` }),
    hours: (number) => count(number, { one: 'eine Stunde', other: (many) => `${many} Stunden` }),
    days: (number) => count(number, { one: 'einen Tag', other: (many) => `${many} Tage` }),
  },
  reportBegun: (hotel, city) =>
    `Ich stelle die Preise von **${hotel}** in ${city} zusammen. Das dauert eine Weile; mach ruhig weiter, ich bringe den Bericht hierher.`,
  whichOne: 'Welches meinst du?',
  whichHotel: 'Welches Hotel?',
  noHotels:
    'Ich kenne noch keine Hotels. Ich lerne sie durch die Preise kennen, die man mir schickt; versuch es noch einmal, wenn es welche gibt.',
  didYouMean: (said) => `Zu **${said}** habe ich keine Preise gesehen. Meinst du eines von diesen?`,
  unknown: (said) =>
    `Zu **${said}** habe ich noch keine Preise gesehen, es gibt also nichts zu vergleichen. Ich kenne:`,
};

/** All that the kind says. */
export const de: Wording<typeof en> = {
  hotels,
  titles: {
    priceAlert: 'Preisalarm',
    priceReport: 'Preisbericht',
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
  commands: {
    watch: 'Sagt in diesem Chat Bescheid, wenn der Preis eines Hotels fällt',
    unwatch: 'Beobachtet den Preis eines Hotels nicht mehr, oder den von allen',
    watches: 'Zeigt die Hotels, deren Preise du beobachtest',
    'snooze watch':
      'Sagt eine Weile nichts zum Preis eines Hotels, einen Tag, wenn du nichts anderes angibst',
    'price report': 'Bringt nach einer Weile einen Bericht über die Preise eines Hotels',
  },
};
