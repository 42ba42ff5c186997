import type { Words } from '../../../shared/kinds/hotels/words/words.ts';
import type { Samples } from '../../locale/samples.ts';

const time = 'TIME';
const drop = { kind: 'drop', amount: '20 %' } as const;
const below = { kind: 'below', amount: '150 $' } as const;
const hotel = { name: 'Grand', city: 'Vegas' };

/** A message without a sample is a type error here. */
export const samples: Samples<Words> = {
  hotels: {
    when: [[drop], [below]],
    watchLine: [
      ['Grand', 'WHEN', undefined, false],
      ['Grand', 'WHEN', '199 $', true],
    ],
    watching: [
      [hotel, { when: drop, isNew: true, isBelow: false }],
      [hotel, { when: below, now: '140 $', isNew: false, isBelow: true }],
    ],
    otherCurrency: [['Grand', 'EUR', 'USD']],
    notWatched: [['Grand']],
    noLongerWatched: [['Grand']],
    unwatched: [['Grand', 'Vegas']],
    unwatchedAll: [[0], [1], [3]],
    snoozed: [['Grand', 'LENGTH']],
    lengths: { minutes: [[1], [20]], hours: [[1], [2]], days: [[1], [3]] },
    reportBegun: [['Grand', 'Vegas']],
    didYouMean: [['Grand']],
    unknown: [['Grand']],
  },
  priceAlert: {
    fallen: [['Grand', '1', '2', '3']],
    now: [['Grand', '1']],
    less: [['20 %']],
    was: [['199 $']],
    reason: [[drop], [below]],
  },
  priceReport: {
    none: [['Grand']],
    summary: [['NOW', 'TREND']],
    now: [['Grand', '1']],
    title: [['Grand']],
    moved: [
      [{ time, isClock: true }, undefined],
      [{ time, isClock: false }, undefined],
      [
        { time, isClock: false },
        { by: '3 %', isFall: true },
      ],
      [
        { time, isClock: true },
        { by: '3 %', isFall: false },
      ],
    ],
    trend: [
      ['MOVED', undefined],
      ['MOVED', { by: '3 %', isBelow: true }],
      ['MOVED', { by: '3 %', isBelow: false }],
    ],
  },
};

/** What is written alike in each language. */
export const alike: readonly string[] = ['hotels.watchLine[0]'];
