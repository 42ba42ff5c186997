import { type Reader, skip, skipAny, textAt } from './read.ts';

/** A part of the day by name, its usual hour, and the hours within which it lies. */
export interface DayPart {
  readonly name: string;
  /** Minutes after midnight. */
  readonly usual: number;
  readonly from: number;
  /** Beyond 1440 for what runs past midnight. */
  readonly to: number;
}

const h = (hours: number): number => hours * 60;

const part = (name: string, usual: number, from: number, to: number): DayPart => ({ name, usual, from, to });

export const morning = part('morning', h(9), h(4), h(12));

export const afternoon = part('afternoon', h(15), h(12), h(18));

export const evening = part('evening', h(18), h(17), h(24));

export const night = part('night', h(21), h(18), h(28));

/** Longest phrase first where one begins like another. */
const parts: readonly (readonly [string, DayPart])[] = [
  ['o1 thing in the morning', part('morning', h(8), h(4), h(12))],
  ['o1 thing', part('morning', h(8), h(4), h(12))],
  ['early in the morning', part('morning', h(7), h(4), h(12))],
  ['early morning', part('morning', h(7), h(4), h(12))],
  ['late morning', part('morning', h(11), h(4), h(12))],
  ['mid morning', part('morning', h(10), h(4), h(12))],
  ['mid - morning', part('morning', h(10), h(4), h(12))],
  ['late afternoon', part('afternoon', h(17), h(12), h(19))],
  ['early afternoon', part('afternoon', h(13), h(12), h(18))],
  ['late evening', part('evening', h(21), h(17), h(24))],
  ['early evening', part('evening', h(17), h(16), h(24))],
  ['late at night', part('night', h(22), h(18), h(28))],
  ['mornings', morning],
  ['morning', morning],
  ['afternoons', afternoon],
  ['afternoon', afternoon],
  ['evenings', evening],
  ['evening', evening],
  ['nights', night],
  ['night', night],
  ['after breakfast', part('morning', h(9), h(7), h(12))],
  ['breakfast time', part('morning', h(8), h(5), h(11))],
  ['breakfast', part('morning', h(8), h(5), h(11))],
  ['after lunch', part('afternoon', h(13), h(13), h(17))],
  ['lunch time', part('lunch', h(12), h(11), h(14))],
  ['lunchtime', part('lunch', h(12), h(11), h(14))],
  ['lunch', part('lunch', h(12), h(11), h(14))],
  ['after school', part('afternoon', h(15), h(15), h(20))],
  ['after work', part('evening', h(18), h(17), h(22))],
  ['after dinner', part('evening', h(20), h(19), h(24))],
  ['dinner time', part('evening', h(18), h(17), h(22))],
  ['dinnertime', part('evening', h(18), h(17), h(22))],
  ['dinner', part('evening', h(18), h(17), h(22))],
  ['before bed', part('night', h(22), h(19), h(26))],
  ['bedtime', part('night', h(22), h(19), h(26))],
  ['end of the work day', part('end of day', h(17), h(12), h(24))],
  ['end of the workday', part('end of day', h(17), h(12), h(24))],
  ['end of business', part('end of day', h(17), h(12), h(24))],
  ['close of business', part('end of day', h(17), h(12), h(24))],
  ['end of day', part('end of day', h(17), h(12), h(24))],
  ['end of the day', part('end of day', h(17), h(12), h(24))],
  ['eod', part('end of day', h(17), h(12), h(24))],
  ['cob', part('end of day', h(17), h(12), h(24))],
];

export const tonight: DayPart = part('tonight', h(20), h(17), h(28));

/** `morning`, `in the evening`, `lunchtime`, `end of day`. */
export const readDayPart: Reader<DayPart> = (tokens, at) => {
  const start = skipAny(tokens, at, [
    'in the',
    'at the',
    'by the',
    'during the',
    'on the',
    'in',
    'at',
    'by',
    'the',
  ]);
  for (const [phrase, value] of parts) {
    const next = skip(tokens, start, phrase);
    if (next === undefined) continue;
    const named = value.name === 'morning' || value.name === 'end of day' || start === at || start > at;
    if (named) return { value, next: textAt(tokens, next) === 'ish' ? next + 1 : next };
  }
  return undefined;
};
