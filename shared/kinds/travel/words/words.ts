import { orderFor } from '../../../calendar/language/locales.ts';
import { wordsIn } from '../../../locale/words.ts';
import { de } from './de.ts';
import { en } from './en.ts';

export type Words = typeof en;

export const { wordsFor, localeFor, languages } = wordsIn(en, { de });

/** The words of the booking; dates are written in the order of the reader's country. */
export function bookingWords(locale: string | undefined): Words['booking'] {
  const { booking } = wordsFor(locale);
  return orderFor(locale) === 'month-first' ? { ...booking, date: booking.monthFirst } : booking;
}
