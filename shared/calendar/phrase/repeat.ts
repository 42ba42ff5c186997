import type { DayPart } from './day-parts.ts';
import type { DateOfYear } from './said-day.ts';
import type { Unit } from './words.ts';

export type Frequency = 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** What repeats, in the terms of iCalendar; when in the day is said elsewhere in the phrase. */
export interface Repeat {
  readonly freq: Frequency;
  readonly interval: number;
  /** `MO`, `1MO`, `-1FR`. */
  readonly byDay?: readonly string[];
  readonly byMonthDay?: readonly number[];
  readonly byMonth?: readonly number[];
  readonly bySetPos?: readonly number[];
  /** Begins with a quarter of the calendar. */
  readonly inQuarters?: boolean;
  /** `every morning`. */
  readonly part?: DayPart;
  /** The two dates of which it is one: `every 5/6`. */
  readonly either?: readonly DateOfYear[];
  /** An adjective as well: `the daily report`. */
  readonly isVague?: boolean;
  /** More often than once in its period, with no word about when: `twice a day`. */
  readonly timesPerPeriod?: number;
}

export const weekdayCodes: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export const workdays = weekdayCodes.slice(0, 5);

export const weekendDays = weekdayCodes.slice(5);

/** On the first day of each quarter of the calendar. */
export const quarterly: Repeat = { freq: 'MONTHLY', interval: 3, byMonthDay: [1], inQuarters: true };

export function repeatOf(unit: Unit, interval: number): Repeat | undefined {
  switch (unit) {
    case 'second':
      return undefined;
    case 'minute':
      return { freq: 'MINUTELY', interval };
    case 'hour':
      return { freq: 'HOURLY', interval };
    case 'day':
      return { freq: 'DAILY', interval };
    case 'week':
      return { freq: 'WEEKLY', interval };
    case 'month':
      return { freq: 'MONTHLY', interval };
    case 'quarter':
      return { ...quarterly, interval: 3 * interval };
    case 'year':
      return { freq: 'YEARLY', interval };
  }
}

/** Whether the day on which it begins says on which days it comes again. */
export function canBeginOn({ freq, byDay, byMonthDay, byMonth }: Repeat): boolean {
  const isOpen = byDay === undefined && byMonthDay === undefined && byMonth === undefined;
  return isOpen && freq !== 'HOURLY' && freq !== 'MINUTELY';
}

export function codes(days: readonly number[]): readonly string[] {
  return weekdayCodes.filter((_, day) => days.includes(day));
}

export function unique(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
