import { listed } from '../listed.ts';

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** The parts of a recurrence in words. Names of days and months, clock times and dates are written already. */
export const recurrence = {
  and: (words: readonly string[]) => listed(words, 'and'),
  every: (unit: Unit, interval: number): string => {
    if (interval === 1) return `every ${unit}`;
    return interval === 2 && unit !== 'hour' && unit !== 'minute'
      ? `every other ${unit}`
      : `every ${interval} ${unit}s`;
  },
  /** Behind a day of it: `on the 1st of every month`. */
  ofEvery: (unit: Unit, interval: number): string => ` of ${recurrence.every(unit, interval)}`,
  ofMonths: (months: string) => ` of ${months}`,
  everyDays: (days: string) => `every ${days}`,
  everyWeekday: 'every weekday',
  on: (days: string) => ` on ${days}`,
  onWeekdays: ' on weekdays',
  onAllDays: ' every day',
  onThe: (days: string) => `on the ${days}`,
  weekday: (place: 'first' | 'last') => `${place} weekday`,
  /** @param nth counts from the end where it is negative; 0 for any */
  nthDay: (nth: number, day: string): string => {
    if (nth === 0) return day;
    if (nth < 0) return nth === -1 ? `last ${day}` : `${recurrence.dayOfMonth(-nth)} last ${day}`;
    const place = ['first', 'second', 'third', 'fourth', 'fifth'][nth - 1];
    return `${place ?? recurrence.dayOfMonth(nth)} ${day}`;
  },
  dayOfMonth: (day: number): string => {
    const ending = day % 100 > 10 && day % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
    return `${day}${ending}`;
  },
  lastDay: 'last day',
  /** Days of one month of a year: `January 25`. */
  date: (month: string, days: readonly number[]) => `${month} ${listed(days.map(String), 'and')}`,
  onDate: (every: string, date: string) => `${every} on ${date}`,
  orTheLastDay: ' (or the last day)',
  inLeapYears: ' (in leap years)',
  inMonthsThatHaveOne: ' (in months that have one)',
  at: (days: string, clocks: string) => `${days} at ${clocks}`,
  window: (every: string, from: string, to: string) => `${every} from ${from} to ${to}`,
  times: (number: number) => `, ${number} ${number === 1 ? 'time' : 'times'}`,
  until: (time: string) => ` until ${time}`,
};
