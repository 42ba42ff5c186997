import type { WatchedFor } from '../../kinds/hotels/words/watched-for.ts';
import { counting } from '../counting.ts';

const count = counting('en');

/** The cards of the catalog. Amounts, percentages and times are written already. */
export const cards = {
  /** Each kind of notification, in lists. */
  kinds: {
    notification: 'Notification',
    build: 'Build finished',
    reminder: 'Reminder',
    priceAlert: 'Price alert',
    priceReport: 'Price report',
    digest: 'Digest',
    survey: 'Survey',
    snoozed: 'Snoozed notification',
  },
  build: {
    results: { succeeded: 'succeeded', failed: 'failed', canceled: 'canceled' },
    title: (pipeline: string, number: string, result: string) => `Build ${pipeline} #${number} ${result}`,
    onBranch: (title: string, branch: string) => `${title} on ${branch}`,
    facts: { branch: 'Branch' },
    open: 'Open the build',
  },
  digest: {
    /** @param reason why they come together */
    title: (reason: 'waiting' | 'quiet-hours' | 'burst' | 'mixed', number: number): string =>
      `${
        {
          waiting: 'While you were booking',
          'quiet-hours': 'During your quiet hours',
          burst: 'A lot at once',
          mixed: 'Held back for you',
        }[reason]
      }: ${count(number, { one: '1 notification', other: (many) => `${many} notifications` })}`,
    more: (number: number) => `and ${number} more`,
    open: 'Open',
    showAll: 'Show all',
  },
  /** Below what the channel cannot show in full. */
  cut: {
    textCut: '*This is only the beginning. Say **missed** to read all of it.*',
    cardAsText:
      '*The card is too large for this chat; this is what it says. Say **missed** to read all of it.*',
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
};
