import { editDistance } from '../../domain/edit-distance.ts';

/** Words by what they mean, spellings after the first. Built once into a map from spelling to meaning. */
function spellings<T>(rows: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(
    rows.flatMap(([meaning, words]) => words.split(' ').map((word) => [word, meaning] as const)),
  );
}

/** 0 is Monday. */
const weekdays = spellings([
  [0, 'monday mon'],
  [1, 'tuesday tue tues'],
  [2, 'wednesday wed weds'],
  [3, 'thursday thu thur thurs'],
  [4, 'friday fri'],
  [5, 'saturday sat'],
  [6, 'sunday sun'],
]);

const months = spellings([
  [1, 'january jan'],
  [2, 'february feb'],
  [3, 'march mar'],
  [4, 'april apr'],
  [5, 'may'],
  [6, 'june jun'],
  [7, 'july jul'],
  [8, 'august aug'],
  [9, 'september sep sept'],
  [10, 'october oct'],
  [11, 'november nov'],
  [12, 'december dec'],
]);

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const units = spellings<Unit>([
  ['second', 'second seconds sec secs'],
  ['minute', 'minute minutes min mins minuts minutess'],
  ['hour', 'hour hours hr hrs hour houres'],
  ['day', 'day days'],
  ['week', 'week weeks wk wks'],
  ['month', 'month months mo mos mth mths'],
  ['quarter', 'quarter quarters qtr qtrs'],
  ['year', 'year years yr yrs'],
]);

/** Units that are one letter: only right behind a digit, or behind one with a space (`2 h`). */
const letters = spellings<Unit>([
  ['second', 's'],
  ['minute', 'm'],
  ['hour', 'h'],
  ['day', 'd'],
  ['week', 'w'],
  ['year', 'y'],
]);

/** Spellings that are too far from the word, or too short, to be guessed. */
const misspelled: { readonly [word: string]: string } = {
  tmr: 'tomorrow',
  tmrw: 'tomorrow',
  tmrrw: 'tomorrow',
  tomo: 'tomorrow',
  tomorrows: 'tomorrow',
  tommorrow: 'tomorrow',
  '2morrow': 'tomorrow',
  tonite: 'tonight',
  tonigh: 'tonight',
  evry: 'every',
  evrey: 'every',
  everey: 'every',
  evey: 'every',
  everyday: 'everyday',
  wensday: 'wednesday',
  wendsday: 'wednesday',
  wedensday: 'wednesday',
  teusday: 'tuesday',
  thrusday: 'thursday',
  thurdsay: 'thursday',
  firday: 'friday',
  fridy: 'friday',
  munday: 'monday',
  modnay: 'monday',
  mornign: 'morning',
  moring: 'morning',
  evning: 'evening',
  nite: 'night',
  midnite: 'midnight',
  minites: 'minutes',
  mintues: 'minutes',
  miuntes: 'minutes',
  hors: 'hours',
  huors: 'hours',
  yestarday: 'yesterday',
  untill: 'until',
  til: 'until',
  till: 'until',
  "'til": 'until',
  weekends: 'weekends',
};

/** Long enough that one wrong letter leaves no doubt. */
const guessed = [
  'tomorrow',
  'tuesday',
  'wednesday',
  'thursday',
  'saturday',
  'january',
  'february',
  'september',
  'october',
  'november',
  'december',
  'tonight',
  'afternoon',
  'weekday',
  'minutes',
];
const known = new Set([
  ...guessed,
  ...[...units.keys()],
  'tuesdays',
  'wednesdays',
  'thursdays',
  'saturdays',
  'weekdays',
  'octobers',
  'afternoons',
  'minute',
]);

/** The word that was meant by a word of calendars that was misspelled; any other word as it is. */
export function corrected(word: string): string {
  if (Object.hasOwn(misspelled, word)) return misspelled[word] ?? word;
  if (word.length < 6 || word.length > 11 || known.has(word)) return word;
  return (
    guessed.find(
      (name) =>
        name[0] === word[0] && editDistance(word, name) <= (name.length > 7 && word.length > 6 ? 2 : 1),
    ) ?? word
  );
}

export function weekdayNamed(word: string): number | undefined {
  return weekdays.get(word);
}

/** `mondays`, `thursdays`, `weds`: the plural says that it is meant every week. */
export function weekdaysNamed(word: string): number | undefined {
  const day = word.endsWith('s') && word.length > 6 ? weekdays.get(word.slice(0, -1)) : undefined;
  return day;
}

export function monthNamed(word: string): number | undefined {
  return months.get(word);
}

export function unitNamed(word: string): Unit | undefined {
  return units.get(word);
}

export function unitOfLetter(word: string): Unit | undefined {
  return letters.get(word);
}
