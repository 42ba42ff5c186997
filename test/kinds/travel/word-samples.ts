import type { Words } from '../../../shared/kinds/travel/words/words.ts';
import type { Samples } from '../../locale/samples.ts';

/** A message without a sample is a type error here. */
export const samples: Samples<Words> = {
  booking: {
    questions: { departure: [['Rome']], confirmation: [['SUMMARY']] },
    soFar: [['Rome']],
    date: [['DAY', '4', 'MONTH', '2026']],
    monthFirst: [['DAY', '4', 'MONTH', '2026']],
    summary: [
      ['Rome', { departure: 'A', isOneWay: true }, 'TWO'],
      ['Rome', { departure: 'A', returning: 'B', isOneWay: false }, 'TWO'],
    ],
    travellers: [[1], [2], [1200]],
    nights: [[1], [3]],
    destinationTaken: [['Rome']],
    leaving: [
      ['A', undefined],
      ['A', 'B'],
    ],
    noReturn: [['A'], [undefined]],
    backOn: [['B']],
    tooManyTravellers: [[12]],
    travellersTaken: [['TWO']],
    help: [['HINT']],
  },
};

/** What people say to the dialog, by the file that offers or reads it. */
export const leftOver: { readonly [file: string]: readonly RegExp[] } = {
  'german.ts': [/^(two|three|four|five) of us$/],
  'agreement.ts': [/^yes y yep/, /^book buchen/],
  'travel-date.ts': [/^\^\(/],
};
