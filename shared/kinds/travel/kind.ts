import type { Kind } from '../kind.ts';
import { wordsFor } from './words/words.ts';

const BOOK_TRAVEL =
  /^book (?:me |us )?(?:an? |my |our |some )?(?:travels?|trip|journey|flight|holiday|vacation)\b/i;

/** `book travel`: a dialog that takes a while, for notifications to meet. An example. */
export const travel: Kind = {
  name: 'book travel',
  dialogs: [
    {
      name: 'book travel',
      usage: 'book travel',
      does: (locale) => wordsFor(locale).commands['book travel'],
      said: {
        en: ['book a trip', 'plan a trip <where>'],
        de: [
          'reise buchen',
          'buche eine reise <wohin>',
          'eine reise buchen',
          'reise buchen <wohin>',
          'buche reise <wohin>',
          'reise <wohin> buchen',
          'eine reise <wohin> buchen',
          'buche mir eine reise <wohin>',
          'buche einen flug <wohin>',
          'buche mir einen flug <wohin>',
          'flug buchen <wohin>',
          'flug <wohin> buchen',
          'einen flug <wohin> buchen',
        ],
      },
      begunBy: (said) => (BOOK_TRAVEL.test(said) ? said.replace(BOOK_TRAVEL, '') : undefined),
      resumed: { en: ['continue booking'], de: ['weiter buchen'] },
      load: async () => (await import('./travel-booking.ts')).travelBooking,
    },
  ],
};
