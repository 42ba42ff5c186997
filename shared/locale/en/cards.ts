import { counting } from '../counting.ts';

const count = counting('en');

/** The cards of the catalog. Amounts, percentages and times are written already. */
export const cards = {
  /** Each kind of notification, in lists. */
  kinds: {
    notification: 'Notification',
    digest: 'Digest',
    snoozed: 'Snoozed notification',
  },
  digest: {
    /** @param reason why they come together */
    title: (reason: 'waiting' | 'quiet-hours' | 'burst' | 'mixed', number: number): string =>
      `${
        {
          waiting: 'While you were busy',
          'quiet-hours': 'During your quiet hours',
          burst: 'A lot at once',
          mixed: 'Held back for you',
        }[reason]
      }: ${count(number, { one: '1 notification', other: (many) => `${many} notifications` })}`,
    more: (number: number) => `and ${number} more`,
    open: 'Open',
    /** Why one of them was held back, where the reasons differ. */
    heldFor: { waiting: 'while you were busy', 'quiet-hours': 'in your quiet hours', burst: 'many at once' },
    mute: (topic: string) => `Mute ${topic} 1 hour`,
    showAll: 'Show all',
  },
  /** Below what the channel cannot show in full. */
  cut: {
    textCut: '*This is only the beginning. Say **missed** to read all of it.*',
    cardAsText:
      '*The card is too large for this chat; this is what it says. Say **missed** to read all of it.*',
  },
};
