import type { Language } from '../language.ts';
import { holidays, months, numbers, ordinals, weekdays } from './names.ts';
import { requests } from './requests.ts';

/** Spellings of the words of times, mistakes among them. */
const words = {
  tomorrow: 'tmr|tmrw|tmrrw|tomo|tomorrows|tommorrow|tommorow|tomorow|2 morrow',
  tonight: 'tonite|tonigh',
  every: 'evry|evrey|everey|evey',
  morning: 'mornign|moring',
  evening: 'evning',
  afternoon: 'afternoonish',
  night: 'nite',
  midnight: 'midnite',
  noon: 'mid day|mid - day|noontime|midday',
  yesterday: 'yestarday',
  until: "untill|til|till|'til|up until",
  second: 'sec',
  seconds: 'secs',
  minute: 'min|minut',
  minutes: 'mins|minites|mintues|miuntes|minuts|minutess',
  hour: 'hr',
  hours: 'hrs|hors|huors|houres',
  week: 'wk',
  weeks: 'wks',
  month: 'mo|mth',
  months: 'mos|mths',
  quarter: 'qtr',
  quarters: 'qtrs',
  year: 'yr',
  years: 'yrs',
  weekend: 'week - end|week end|wkend',
  now: 'right now|straight away|as soon as possible|immediately|asap|at the moment|just now',
  'day after tomorrow': 'overmorrow',
  'local time': 'local time|my time|our time|my local time',
  'in the morning': 'in the early hours of the morning',
};

/** Words of times that the notation has as they are. */
const same = `
  a about after afternoon afternoons ago alternate alternating am an and annually another approximately around as at
  bed bedtime before beginning begins between bi biweekly bimonthly breakfast business but by century close closest clock cob
  coming commencing couple current d daily day days dinner dinnertime dot dozen due during each earlier early eight end ending
  ends eod eom eow eoy eve evening evenings every everyday exactly except excluding few first fiscal following for fortnight
  fortnightly from full half h hence hour hourly hours immediately in is ish its it just last late later like lunch lunchtime m
  mid middle midnight mid-day minus minute minutes moment month monthly months more morning mornings multiple my nd nearest
  negative next night nightly nights noon not now o oh ou o'clock occurrences oclock of old on once one only out or other over p pair past
  per plus pm prior q quarter quarterly quarters rd regarding repeat repeating rest right roughly s same school semiannually several
  sharp since single sometime st start starting straight t th than the then this through thru time times to today tomorrow tonight
  twice until up upcoming w weekday weekdays weekend weekends week weekly weeks whole will with within x long work workday workdays
  working would y year yearly years yesterday yet season the thing any anytime following these those while when whenever
  percent degrees euros dollars miles km mph kg people are were was be that ' 's second seconds week's 's z utc gmt
  our his her your their closing e third`;

/** English, as it is written around the world. */
export const en: Language = {
  tag: 'en',
  weekdays,
  everyWeekday: ['mondays|mon s', 'tuesdays', 'wednesdays', 'thursdays', 'fridays', 'saturdays', 'sundays'],
  months,
  numbers,
  ordinals,
  holidays,
  words: { ...requests, ...words },
  same,
  guessed:
    'tomorrow tuesday wednesday thursday saturday january february september october november december tonight afternoon weekday minutes',
};
