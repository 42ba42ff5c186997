import type { recurrence as english, Unit } from '../en/recurrence.ts';
import { listed } from '../listed.ts';
import type { Wording } from '../wording.ts';

/** Every one, every second one, and several of a unit; and what belongs to every one or every second one. */
const units: {
  readonly [unit in Unit]: {
    readonly every: readonly [string, string];
    readonly many: string;
    readonly of: readonly [string, string];
  };
} = {
  second: {
    every: ['jede Sekunde', 'jede zweite Sekunde'],
    many: 'Sekunden',
    of: ['jeder Sekunde', 'jeder zweiten Sekunde'],
  },
  minute: {
    every: ['jede Minute', 'alle 2 Minuten'],
    many: 'Minuten',
    of: ['jeder Minute', 'jeder zweiten Minute'],
  },
  hour: {
    every: ['jede Stunde', 'alle 2 Stunden'],
    many: 'Stunden',
    of: ['jeder Stunde', 'jeder zweiten Stunde'],
  },
  day: {
    every: ['jeden Tag', 'jeden zweiten Tag'],
    many: 'Tage',
    of: ['jedes Tages', 'jedes zweiten Tages'],
  },
  week: {
    every: ['jede Woche', 'jede zweite Woche'],
    many: 'Wochen',
    of: ['jeder Woche', 'jeder zweiten Woche'],
  },
  month: {
    every: ['jeden Monat', 'jeden zweiten Monat'],
    many: 'Monate',
    of: ['jedes Monats', 'jedes zweiten Monats'],
  },
  year: {
    every: ['jedes Jahr', 'jedes zweite Jahr'],
    many: 'Jahre',
    of: ['jedes Jahres', 'jedes zweiten Jahres'],
  },
};

export const recurrence: Wording<typeof english> = {
  and: (words) => listed(words, 'und'),
  every: (unit, interval) => units[unit].every[interval - 1] ?? `alle ${interval} ${units[unit].many}`,
  ofEvery: (unit, interval) => ` ${units[unit].of[interval - 1] ?? `alle ${interval} ${units[unit].many}`}`,
  ofMonths: (months) => ` im ${months}`,
  everyDays: (days) => `jeden ${days}`,
  everyWeekday: 'montags bis freitags',
  on: (days) => ` am ${days}`,
  onWeekdays: ' montags bis freitags',
  onAllDays: ' jeden Tag',
  onThe: (days) => `am ${days}`,
  weekday: (place) => `${place === 'first' ? 'ersten' : 'letzten'} Werktag`,
  nthDay: (nth, day) => {
    if (nth === 0) return day;
    if (nth < 0) {
      const place = ['letzten', 'vorletzten', 'drittletzten', 'viertletzten', 'fünftletzten'][-nth - 1];
      return `${place ?? `${-nth}.-letzten`} ${day}`;
    }
    const place = ['ersten', 'zweiten', 'dritten', 'vierten', 'fünften'][nth - 1];
    return `${place ?? `${nth}.`} ${day}`;
  },
  dayOfMonth: (day) => `${day}.`,
  lastDay: 'letzten Tag',
  date: (month, days) => `${listed(days.map(recurrence.dayOfMonth), 'und')} ${month}`,
  onDate: (every, date) => `${every} am ${date}`,
  orTheLastDay: ' (oder am letzten Tag)',
  inLeapYears: ' (in Schaltjahren)',
  inMonthsThatHaveOne: ' (in Monaten, die ihn haben)',
  at: (days, clocks) => `${days} um ${clocks} Uhr`,
  window: (every, from, to) => `${every} von ${from} bis ${to} Uhr`,
  times: (number) => (number === 1 ? ', einmal' : `, ${number}-mal`),
  until: (time) => ` bis ${time}`,
};
