import { counting } from '../../../locale/counting.ts';
import type { WatchedFor } from './watched-for.ts';

const count = counting('en');

/** Watches and price reports, as the bot answers. Names are Markdown, amounts are written already. */
const hotels = {
  when: ({ kind, amount }: WatchedFor): string =>
    kind === 'drop' ? `when it falls by ${amount} or more` : `when it falls below ${amount}`,
  /** @param from what the drop is counted from */
  watchLine: (hotel: string, when: string, from: string | undefined, isSnoozed: boolean) =>
    `${hotel}: ${when}${from === undefined ? '' : ` (from ${from})`}${isSnoozed ? ', snoozed' : ''}`,
  /** @param now the price, where it is known; @param isBelow it is below what was asked for already */
  watching: (
    hotel: { readonly name: string; readonly city: string },
    told: {
      readonly when: WatchedFor;
      readonly now?: string;
      readonly isNew: boolean;
      readonly isBelow: boolean;
    },
  ) => {
    const when = hotels.when(told.when);
    const now = told.now === undefined ? '' : `It costs **${told.now}** now. `;
    const promise = told.isBelow
      ? `That is below already; I will tell you here ${when} again.`
      : `I will tell you here ${when}.`;
    return `${told.isNew ? 'Done.' : 'Changed.'} I watch **${hotel.name}** in ${hotel.city}. ${now}${promise}`;
  },
  otherCurrency: (hotel: string, theirs: string, said: string) =>
    `The prices of **${hotel}** come in ${theirs}, not in ${said}. Say the price in ${theirs}.`,
  belowWhat: 'Below which price? It has to be a number above 0, as in **below 150**.',
  dropByWhat: 'By how much? It has to be more than 0 and less than 100 percent, as in **drop 10%**.',
  list: 'I tell you here:',
  noneYet: 'You watch no hotel yet. Say for example **watch Vegas Grand drop 10%**.',
  none: 'You watch no hotel. Say for example **watch Vegas Grand drop 10%**.',
  whichOfThem: 'Which of them?',
  notWatched: (said: string) => `You do not watch **${said}**. You watch:`,
  noLongerWatched: (hotel: string) => `You no longer watch **${hotel}**.`,
  unwatched: (hotel: string, city: string) => `Done. I no longer watch **${hotel}** in ${city}.`,
  unwatchedAll: (number: number) =>
    number === 0
      ? 'You watch no hotel.'
      : `Done. I no longer watch ${count(number, { one: 'that hotel', other: (many) => `those ${many} hotels` })}.`,
  snoozed: (hotel: string, length: string) => `Done. I tell you nothing of **${hotel}** for ${length}.`,
  lengths: {
    minutes: (number: number) => count(number, { one: 'a minute', other: (many) => `${many} minutes` }),
    hours: (number: number) => count(number, { one: 'an hour', other: (many) => `${many} hours` }),
    days: (number: number) => count(number, { one: 'a day', other: (many) => `${many} days` }),
  },
  reportBegun: (hotel: string, city: string) =>
    `I am putting the prices of **${hotel}** in ${city} together. That takes a while; go on meanwhile, and I bring the report here.`,
  whichOne: 'Which one do you mean?',
  whichHotel: 'Which hotel?',
  noHotels:
    'I know no hotels yet. I learn of them by the prices that I am sent; try again when there are some.',
  didYouMean: (said: string) => `I have seen no prices of **${said}**. Did you mean one of these?`,
  unknown: (said: string) =>
    `I have seen no prices of **${said}** yet, so there is nothing to compare with. I do know:`,
};

/** All that the kind says. */
export const en = {
  hotels,
  titles: {
    priceAlert: 'Price alert',
    priceReport: 'Price report',
  },
  priceAlert: {
    fallen: (hotel: string, now: string, before: string, drop: string) =>
      `${hotel}: ${now}, was ${before} (${drop} less)`,
    now: (hotel: string, now: string) => `${hotel}: ${now} now`,
    less: (drop: string) => `${drop} less`,
    was: (before: string) => `was ${before}`,
    reason: ({ kind, amount }: WatchedFor): string =>
      `You asked to be told of ${kind === 'drop' ? `a drop of ${amount} or more` : `a price below ${amount}`}.`,
    book: 'Book',
    seeOffer: 'See the offer',
    snooze: 'Snooze a day',
    stop: 'Stop watching',
  },
  priceReport: {
    none: (hotel: string) => `I know no prices of ${hotel} yet.`,
    /** @param now the hotel and its price, a sentence */
    summary: (now: string, trend: string) => `Price report for ${now} ${trend}`,
    now: (hotel: string, now: string) => `${hotel}: ${now} now.`,
    title: (hotel: string) => `Prices of ${hotel}`,
    averages: 'Neighbouring prices are drawn as their average.',
    watch: 'Watch the price',
    seeHotel: 'See the hotel',
    onlyPrice: 'This is the only price that I have seen so far.',
    /** @param since a day, or a time of day; @param change how much it moved since then, where it did */
    moved: (
      since: { readonly time: string; readonly isClock: boolean },
      change: { readonly by: string; readonly isFall: boolean } | undefined,
    ) =>
      change === undefined
        ? `The price is about the same as ${since.time}`
        : `The price has ${change.isFall ? 'fallen' : 'risen'} by ${change.by} since ${since.time}`,
    /** @param off how far it is from the average, where it is */
    trend: (moved: string, off: { readonly by: string; readonly isBelow: boolean } | undefined) =>
      `${moved}, and is ${off === undefined ? 'close to the average' : `${off.by} ${off.isBelow ? 'below' : 'above'} the average`}.`,
    facts: { now: 'Now', lowest: 'Lowest', highest: 'Highest', average: 'Average' },
  },
  commands: {
    watch: 'Tells this chat when the price of a hotel falls',
    unwatch: 'Stops watching the price of a hotel, or of all of them',
    watches: 'Lists the hotels whose prices you watch',
    'snooze watch': 'Tells nothing of the price of a hotel for a while, a day if you say nothing else',
    'price report': 'Brings a report of the prices of a hotel, after a while',
  },
};
