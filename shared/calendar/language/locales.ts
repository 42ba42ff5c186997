import type { DateOrder } from './lexicon.ts';

/** How times and dates are written where a locale is spoken. */
interface Habits {
  readonly order: DateOrder | undefined;
  readonly has24Hours: boolean;
}

/** Few locales are in use, and to ask for one takes longer than to read a text. */
const known = new Map<string, Habits>();
const MOST_KNOWN = 1000;
const unknown: Habits = { order: undefined, has24Hours: false };

/** Which number of `5/6` is the day; `undefined` where the locale does not tell. */
export function orderFor(locale: string | undefined): DateOrder | undefined {
  return habitsOf(locale).order;
}

/** Whether nobody there wonders which half of the day 5:30 is in. */
export function has24Hours(locale: string | undefined): boolean {
  return habitsOf(locale).has24Hours;
}

function habitsOf(locale: string | undefined): Habits {
  if (locale === undefined) return unknown;
  const found = known.get(locale);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const habits = readHabits(locale);
  known.set(locale, habits);
  return habits;
}

function readHabits(tag: string): Habits {
  try {
    const { language, region } = new Intl.Locale(tag);
    const format = new Intl.DateTimeFormat(tag, {
      day: 'numeric',
      month: 'numeric',
      year: 'numeric',
      hour: 'numeric',
    });
    const { hourCycle } = format.resolvedOptions();
    const parts = format.formatToParts(0).map(({ type }) => type);
    const [day, month, year] = (['day', 'month', 'year'] as const).map((type) => parts.indexOf(type));
    // English without a country is that of nobody, and where the year comes first people write both.
    const isOpen = (language === 'en' && region === undefined) || (year ?? 0) < (month ?? 0);
    const order = (day ?? 0) < (month ?? 0) ? 'day-first' : 'month-first';
    return { order: isOpen ? undefined : order, has24Hours: hourCycle === 'h23' || hourCycle === 'h24' };
  } catch {
    // A channel may send anything as a locale.
    return unknown;
  }
}
