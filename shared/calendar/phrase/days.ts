import { readAround } from './days-around.ts';
import { readDateDay, readDayOfMonth, readHolidayDay, readWeekdayWithDate } from './days-by-date.ts';
import { readMonthDay, readNth, readQuarter, readWeekOf } from './days-in-months.ts';
import { readEdge, readPeriod } from './edges.ts';
import { firstOf, type Reader, skip, skipAny, textAt } from './read.ts';
import { type SaidDay, said } from './said-day.ts';
import { readNthComing, readWeekday, readWeekend } from './weekdays.ts';

/** `tomorrow`, `next friday`, `the 15th`, `july 12th`, `first monday of march`, `end of month`, `christmas`. */
export const readDay: Reader<SaidDay> = (tokens, at) => {
  const start = skipAny(tokens, at, [
    'from the',
    'from',
    'on the',
    'on',
    'by the',
    'by',
    'in the',
    'in',
    'during',
    'around',
    'for',
    'at the',
    'at',
    'the',
  ]);
  const behindIn = textAt(tokens, at) === 'in';
  return firstOf(
    readNear,
    readAround,
    readNthComing,
    readWeekOf,
    readQuarter,
    readWeekdayWithDate,
    readDateDay,
    readNth,
    readEdge,
    readWeekend,
    readWeekday,
    readHolidayDay,
    readDayOfMonth(start > at),
    readPeriod,
    readMonthDay(behindIn),
  )(tokens, start);
};

/** Days that are named by how near they are. */
const near: readonly (readonly [string, number])[] = [
  ['day after tomorrow', 2],
  ['the day after tomorrow', 2],
  ['overmorrow', 2],
  ['day before yesterday', -2],
  ['tomorrow', 1],
  ['next day', 1],
  ['today', 0],
  ['same day', 0],
  ['yesterday', -1],
];

const readNear: Reader<SaidDay> = (tokens, at) => {
  for (const [phrase, days] of near) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined) return { value: said((today) => today + days), next };
  }
  return undefined;
};
