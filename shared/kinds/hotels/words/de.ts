import { counting } from '../../../locale/counting.ts';
import type { Wording } from '../../../locale/wording.ts';
import type { hotels as english } from './en.ts';

const count = counting('de');

export const hotels: Wording<typeof english> = {
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
  noneYet: 'Du beobachtest noch kein Hotel. Schreib zum Beispiel **watch Vegas Grand drop 10%**.',
  none: 'Du beobachtest kein Hotel. Schreib zum Beispiel **watch Vegas Grand drop 10%**.',
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
