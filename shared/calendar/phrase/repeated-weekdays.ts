import { type DayPart, readDayPart } from './day-parts.ts';
import { listOf, type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { codes, type Repeat, weekdayCodes, weekendDays, workdays } from './repeat.ts';
import type { Token } from './tokens.ts';
import { weekdayNamed, weekdaysNamed } from './words.ts';

/** `mondays`, `mondays and wednesdays`, `sunday evenings`. */
export const readPlural: Reader<Repeat> = (tokens, at) => {
  const workdayPart = /^(?:weekday|workday|weekend)$/.test(textAt(tokens, at))
    ? readPluralPart(tokens, at + 1)
    : undefined;
  if (workdayPart !== undefined) {
    const byWeek = textAt(tokens, at) === 'weekend' ? weekendDays : workdays;
    return {
      value: { freq: 'WEEKLY', interval: 1, byDay: byWeek, part: workdayPart.value },
      next: workdayPart.next,
    };
  }
  const days = readDayNames(tokens, at);
  if (days === undefined) return undefined;
  const part = /^(?:mornings|afternoons|evenings|nights)$/.test(textAt(tokens, days.next))
    ? readDayPart(tokens, days.next)
    : undefined;
  const isPlural = days.value.some(({ plural }) => plural) || part !== undefined;
  if (!isPlural && days.value.length < 2) return undefined;
  const byDay = codes(days.value.map(({ day }) => day));
  const value: Repeat = { freq: 'WEEKLY', interval: 1, byDay };
  return part === undefined
    ? { value, next: days.next }
    : { value: { ...value, part: part.value }, next: part.next };
};

function readPluralPart(tokens: readonly Token[], at: number): Read<DayPart> | undefined {
  return /^(?:mornings|afternoons|evenings|nights)$/.test(textAt(tokens, at))
    ? readDayPart(tokens, at)
    : undefined;
}

const listOfDayNames: Reader<readonly { readonly day: number; readonly plural: boolean }[]> = (tokens, at) =>
  listOf(readDayName)(tokens, at);

/** Also with nothing between them: `mon wed fri`. */
function readDayNames(tokens: readonly Token[], at: number): ReturnType<typeof listOfDayNames> {
  const first = listOfDayNames(tokens, at);
  if (first === undefined) return undefined;
  const value = [...first.value];
  let { next } = first;
  while (value.length < 12) {
    const more = listOfDayNames(tokens, next);
    if (more === undefined) break;
    value.push(...more.value);
    next = more.next;
  }
  // One of two is not both.
  if (tokens.slice(at, next).some(({ text }) => text === 'or')) return undefined;
  return { value: value.slice(0, 12), next };
}

const readDayName: Reader<{ readonly day: number; readonly plural: boolean }> = (tokens, at) => {
  const start = skipAny(tokens, at, ['on', 'every', 'each']);
  const word = textAt(tokens, start);
  const plural = weekdaysNamed(word);
  const day = plural ?? weekdayNamed(word);
  return day === undefined ? undefined : { value: { day, plural: plural !== undefined }, next: start + 1 };
};

/** `monday to friday`, `mon-fri`, also behind `every`. */
export const readRange: Reader<Repeat> = (tokens, at) => {
  const days = readWeekdayRange(tokens, at);
  return days === undefined
    ? undefined
    : { value: { freq: 'WEEKLY', interval: 1, byDay: codes(days.value) }, next: days.next };
};

function dayNamed(word: string): number | undefined {
  return weekdayNamed(word) ?? weekdaysNamed(word);
}

function readWeekdayRange(tokens: readonly Token[], at: number): Read<readonly number[]> | undefined {
  const start = skipAny(tokens, at, ['from']);
  const first = dayNamed(textAt(tokens, start));
  const to = skipAny(tokens, start + 1, ['to', '-', 'through', 'thru', 'until', '\u2013']);
  const last = dayNamed(textAt(tokens, to));
  if (first === undefined || last === undefined || to === start + 1) return undefined;
  const length = ((last - first + 7) % 7) + 1;
  return { value: Array.from({ length }, (_, index) => (first + index) % 7), next: to + 1 };
}

export function readWeekdays(tokens: readonly Token[], at: number): Read<readonly string[]> | undefined {
  const range = readWeekdayRange(tokens, at);
  if (range !== undefined) return { value: codes(range.value), next: range.next };
  const days = readDayNames(tokens, at);
  return days === undefined ? undefined : { value: codes(days.value.map(({ day }) => day)), next: days.next };
}

/** `except weekends`, `except on sundays`: the weekdays that are left. */
export function readExcept(tokens: readonly Token[], at: number): Read<readonly string[]> | undefined {
  const start = skip(tokens, at, 'except') ?? skip(tokens, at, 'but not') ?? skip(tokens, at, 'excluding');
  if (start === undefined) return undefined;
  const on = skipAny(tokens, start, ['for', 'on the', 'on', 'the']);
  const word = textAt(tokens, on);
  const without = /^weekends?$/.test(word)
    ? { value: weekendDays, next: on + 1 }
    : /^weekdays?$/.test(word)
      ? { value: workdays, next: on + 1 }
      : readWeekdays(tokens, on);
  if (without === undefined) return undefined;
  return { value: weekdayCodes.filter((code) => !without.value.includes(code)), next: without.next };
}
