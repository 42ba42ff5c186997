import type { Language } from '../language.ts';
import { compounds, everyWeekday, holidays, months, onHolidays, weekdays } from './days.ts';
import { numbers, ordinals, times } from './numbers.ts';
import { clock, joints, lengths, near, repeating, requests } from './words.ts';

/** German, of Germany, Austria and Switzerland. */
export const de: Language = {
  tag: 'de',
  weekdays,
  everyWeekday,
  months,
  numbers,
  ordinals,
  holidays,
  words: {
    ...merged([compounds, onHolidays, times, requests, clock, near, lengths, repeating, joints]),
  },
  same: 'h m s d',
  guessed:
    'morgen übermorgen dienstag mittwoch donnerstag freitag samstag sonntag januar februar september oktober november dezember minuten stunden wöchentlich monatlich erinnern',
  letters: [
    ['ä', 'ae', 'a'],
    ['ö', 'oe', 'o'],
    ['ü', 'ue', 'u'],
    ['ß', 'ss', 'ss'],
  ],
  hasDottedOrdinals: true,
  has24Hours: true,
};

/** The same notation may be in several tables. */
function merged(tables: readonly { readonly [notation: string]: string }[]): {
  readonly [notation: string]: string;
} {
  const all: { [notation: string]: string } = {};
  for (const [notation, spellings] of tables.flatMap((table) => Object.entries(table)))
    all[notation] = all[notation] === undefined ? spellings : `${all[notation]}|${spellings}`;
  return all;
}
