import { civil, type Day, dayOf, daysInMonth, weekdayOf } from '../local-time.ts';
import { readMonthAndYear, readYear } from './dates.ts';
import { inMonths } from './days-in-months.ts';
import { type Reader, skip, skipAny, textAt } from './read.ts';
import { type On, type SaidDay, said } from './said-day.ts';
import { type Unit, unitNamed } from './words.ts';

/** `end of month`, `the end of next week`, `start of next year`, `eom`, `the middle of march`. */
export const readEdge: Reader<SaidDay> = (tokens, at) => {
  const short = shortEnds.get(textAt(tokens, at));
  if (short !== undefined) return { value: said(edgeOf('end', short, 0)), next: at + 1 };
  const word = textAt(tokens, at);
  const edge = edges.get(word);
  const behindOf =
    edge === undefined
      ? undefined
      : word === 'mid'
        ? skipAny(tokens, at + 1, ['-'])
        : skip(tokens, at + 1, 'of');
  if (edge === undefined || behindOf === undefined) return undefined;
  const of = skipAny(tokens, behindOf, ['of']);
  const year = readYear(tokens, of);
  if (year !== undefined) {
    const [month, day] = edge === 'start' ? [1, 1] : edge === 'end' ? [12, 31] : [7, 1];
    return { value: said(() => dayOf({ year: year.value, month, day })), next: year.next };
  }
  const named = readMonthAndYear(tokens, skipAny(tokens, of, ['next', 'this', 'the']));
  if (named !== undefined) {
    const dayIn = (year: number, month: number): Day =>
      dayOf({ year, month, day: edge === 'end' ? daysInMonth(year, month) : edge === 'start' ? 1 : 15 });
    return { value: said(inMonths(named.value, dayIn)), next: named.next };
  }
  const start = skipAny(tokens, of, [
    'this',
    'the next',
    'the following',
    'the coming',
    'the current',
    'the',
    'around next',
    'next',
    'following',
    'coming',
    'current',
  ]);
  const ahead = /(?:^|\s)(?:next|following|coming)$/.test(
    tokens
      .slice(of, start)
      .map(({ text }) => text)
      .join(' '),
  )
    ? 1
    : 0;
  const unit = unitNamed(textAt(tokens, start));
  if (unit !== 'week' && unit !== 'month' && unit !== 'quarter' && unit !== 'year') return undefined;
  return { value: said(edgeOf(edge, unit, ahead)), next: start + 1 };
};

type Edge = 'start' | 'middle' | 'end';

// Maps, because anything that is typed is looked up in them, the names of an object's own methods too.
const edges: ReadonlyMap<string, Edge> = new Map([
  ['end', 'end'],
  ['beginning', 'start'],
  ['start', 'start'],
  ['middle', 'middle'],
  ['mid', 'middle'],
]);

const shortEnds: ReadonlyMap<string, Unit> = new Map([
  ['eom', 'month'],
  ['eoy', 'year'],
  ['eow', 'week'],
]);

function edgeOf(edge: Edge, unit: Unit, ahead: number): On {
  return (today, isOver) => {
    for (let step = ahead; ; step += 1) {
      const first = startOf(unit, today, step);
      const after = startOf(unit, today, step + 1);
      // A week ends for most on Friday, in the sense in which it is said.
      const last = unit === 'week' ? first + 4 : after - 1;
      const day =
        edge === 'start' ? first : edge === 'end' ? last : first + Math.floor((after - first) / 2) - 1;
      if (step > ahead || !(isOver(day) || day < today)) return day;
    }
  };
}

/** The first day of the week, month, quarter or year that lies so many ahead. */
export function startOf(unit: Unit, today: Day, ahead: number): Day {
  const { year, month } = civil(today);
  if (unit === 'week') return today - weekdayOf(today) + 7 * ahead;
  if (unit === 'month') return dayOf({ year, month: month + ahead, day: 1 });
  if (unit === 'quarter') return dayOf({ year, month: month - ((month - 1) % 3) + 3 * ahead, day: 1 });
  return dayOf({ year: year + ahead, month: 1, day: 1 });
}

/** `next week`, `next month`, `the week after next`: its first day; a later one for `late next week`. */
export const readPeriod: Reader<SaidDay> = (tokens, at) => {
  const after = unitNamed(textAt(tokens, at));
  const twice = after === undefined ? undefined : skip(tokens, at + 1, 'after next');
  if (twice !== undefined && after !== undefined && isPeriod(after))
    return { value: said((today) => startOf(after, today, 2)), next: twice };
  // `early next week` is said for its beginning, `late next week` for its end.
  const start = skipAny(tokens, at, ['early', 'late']);
  if (!/^(?:next|following|coming|upcoming)$/.test(textAt(tokens, start))) return undefined;
  const unit = unitNamed(textAt(tokens, start + 1));
  if (unit === undefined || !isPeriod(unit)) return undefined;
  const isLate = textAt(tokens, at) === 'late';
  return {
    value: said((today) => (isLate ? lateIn(unit, today, 1) : startOf(unit, today, 1))),
    next: start + 2,
  };
};

/** Friday, or the eleventh day before the end: the 21st of `late december`. */
function lateIn(unit: Unit, today: Day, ahead: number): Day {
  return unit === 'week' ? startOf(unit, today, ahead) + 4 : startOf(unit, today, ahead + 1) - 11;
}

function isPeriod(unit: Unit): boolean {
  return unit === 'week' || unit === 'month' || unit === 'quarter' || unit === 'year';
}
