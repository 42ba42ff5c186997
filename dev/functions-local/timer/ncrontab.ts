import { HostError, messageOf } from '../core/errors.ts';

/** A schedule in UTC. */
export interface Schedule {
  /**
   * The first occurrence after `after`, both in milliseconds since 1970. An occurrence is always a whole
   * second and never `after` itself.
   *
   * @returns undefined when there is none in the next 100 years: an impossible date never fires.
   */
  next(after: number): number | undefined;
}

interface Field {
  name: string;
  least: number;
  most: number;
  names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'second', least: 0, most: 59 },
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  {
    name: 'month',
    least: 1,
    most: 12,
    names: [
      ...['january', 'february', 'march', 'april', 'may', 'june'],
      ...['july', 'august', 'september', 'october', 'november', 'december'],
    ],
  },
  {
    name: 'day of the week',
    least: 0,
    most: 6,
    names: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
  },
];

/**
 * Reads an NCRONTAB expression as Azure Functions does: six fields (second, minute, hour, day, month, day of
 * the week) or five (without seconds), each `*`, a value, a range `a-b` (in either order), a step `x/n`, or a
 * list of those. Months and days of the week may be named, in full or by their beginning; Sunday is 0 only.
 * Day and day of the week both have to hold, unlike in classic cron.
 *
 * @throws HostError naming the field and the rule that it breaks.
 */
export function parseNcrontab(expression: string): Schedule {
  const parts = expression.trim().split(/\s+/);
  if (parts.length === 5) parts.unshift('0');
  if (parts.length !== 6) {
    throw new HostError(
      `"${expression}" is not an NCRONTAB expression: it has ${parts.length} field(s) instead of six ` +
        '({second} {minute} {hour} {day} {month} {day of week}) or five (without seconds).',
    );
  }
  const sets = fields.map((field, index) => {
    try {
      return parseField(parts[index] ?? '', field);
    } catch (error) {
      throw new HostError(`"${expression}" is not an NCRONTAB expression: ${messageOf(error)}`, {
        cause: error,
      });
    }
  });
  const [seconds = [], minutes = [], hours = [], days = [], months = [], weekdays = []] = sets;
  return { next: (after) => nextOccurrence({ seconds, minutes, hours, days, months, weekdays }, after) };
}

/** The values that a field allows, ascending. */
function parseField(text: string, field: Field): number[] {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step, ...tooMany] = item.split('/');
    if (tooMany.length > 0 || (step !== undefined && !/^\d+$/.test(step))) {
      throw new Error(`in the field ${field.name}, "${item}" has a step that is not a whole number.`);
    }
    const [from, to] = bounds(range, step !== undefined, field);
    for (let value = from; value <= to; value += Math.max(1, Number(step ?? 1))) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function bounds(range: string, stepped: boolean, field: Field): [number, number] {
  if (range === '*') return [field.least, field.most];
  const dash = range.indexOf('-');
  if (dash > 0) {
    const first = parseValue(range.slice(0, dash), field);
    const last = parseValue(range.slice(dash + 1), field);
    return first <= last ? [first, last] : [last, first];
  }
  const value = parseValue(range, field);
  return [value, stepped ? field.most : value];
}

function parseValue(text: string, field: Field): number {
  const { name, least, most, names } = field;
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    if (value >= least && value <= most) return value;
    throw new Error(`${text} is outside of ${least} to ${most}, the range of the field ${name}.`);
  }
  const index = text === '' ? -1 : (names ?? []).findIndex((each) => each.startsWith(text.toLowerCase()));
  if (index >= 0) return index + least;
  throw new Error(`"${text}" is not a value of the field ${name}.`);
}

interface FieldValues {
  seconds: number[];
  minutes: number[];
  hours: number[];
  days: number[];
  months: number[];
  weekdays: number[];
}

const dayMs = 86_400_000;
const horizonDays = 100 * 366;

function nextOccurrence(values: FieldValues, after: number): number | undefined {
  const start = (Math.floor(after / 1000) + 1) * 1000;
  let day = Math.floor(start / dayMs) * dayMs;
  let timeOfDay = timeAtOrAfter(values, (start - day) / 1000);
  for (let scanned = 0; scanned < horizonDays; scanned++) {
    const date = new Date(day);
    const matches =
      values.months.includes(date.getUTCMonth() + 1) &&
      values.days.includes(date.getUTCDate()) &&
      values.weekdays.includes(date.getUTCDay());
    if (matches && timeOfDay !== undefined) return day + timeOfDay * 1000;
    day += dayMs;
    timeOfDay = timeAtOrAfter(values, 0);
  }
  return undefined;
}

/** The first allowed second of the day that is not before `second`. */
function timeAtOrAfter({ seconds, minutes, hours }: FieldValues, second: number): number | undefined {
  for (const hour of hours) {
    if (hour * 3600 + 3599 < second) continue;
    for (const minute of minutes) {
      const begin = hour * 3600 + minute * 60;
      if (begin + 59 < second) continue;
      const match = seconds.find((each) => begin + each >= second);
      if (match !== undefined) return begin + match;
    }
  }
  return undefined;
}
