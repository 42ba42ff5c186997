import { defined } from '../../domain/defined.ts';
import { readClockAfterAt, readEndOfRange } from './clocks.ts';
import { readDay } from './days.ts';
import { readWhole } from './numbers.ts';
import type { Piece, When } from './piece.ts';
import { type Read, skip, skipAny, textAt } from './read.ts';
import { canBeginOn, type Repeat } from './repeat.ts';
import { readExcept } from './repeated-weekdays.ts';
import { readRepeat } from './repeats.ts';
import type { SaidDay } from './said-day.ts';
import { readSpan, spanOf } from './spans.ts';
import type { Token } from './tokens.ts';
import { unitNamed } from './words.ts';

export const repeated: Piece = (tokens, at, so, { isInner }) => {
  if (so.after !== undefined || so.anchor !== undefined) return undefined;
  const repeat = readRepeat(tokens, at);
  if (repeat === undefined) return undefined;
  if (so.day !== undefined && isInner === true) return undefined;
  if (so.day !== undefined) return fromDay(so.day, so, repeat);
  if (so.repeat !== undefined) return onDaysOnly(so.repeat, repeat);
  const { part } = repeat.value;
  return { value: { repeat: repeat.value, ...defined({ part }) }, next: repeat.next };
};

/** `on wednesday every 2 weeks`: it begins on that day. */
function fromDay(day: SaidDay, so: When, { value, next }: Read<Repeat>): Read<When> | undefined {
  if (!canBeginOn(value) || so.start !== undefined || value.isVague === true) return undefined;
  return { value: { repeat: value, start: { day } }, next };
}

/** `every hour on weekdays`, `twice a week on mondays and thursdays`: the second says on which days. */
function onDaysOnly(first: Repeat, { value, next }: Read<Repeat>): Read<When> | undefined {
  const isOpen = first.byDay === undefined && first.byMonthDay === undefined && first.byMonth === undefined;
  const { byDay } = value;
  if (!isOpen || value.freq !== 'WEEKLY' || value.interval !== 1 || byDay === undefined) return undefined;
  if (first.freq === 'MONTHLY' || first.freq === 'YEARLY') return undefined;
  return { value: { repeat: { ...first, byDay } }, next };
}

export const except: Piece = (tokens, at, so) => {
  const found = so.repeat === undefined ? undefined : readExcept(tokens, at);
  return found === undefined ? undefined : { value: { except: found.value }, next: found.next };
};

export const within: Piece = (tokens, at, so) => {
  if (so.within !== undefined || (so.repeat?.freq !== 'HOURLY' && so.repeat?.freq !== 'MINUTELY'))
    return undefined;
  const start = skipAny(tokens, at, ['between', 'from']);
  const from = start === at ? undefined : readEndOfRange(tokens, start);
  if (from === undefined) return undefined;
  const to = readEndOfRange(
    tokens,
    skipAny(tokens, from.next, ['and', 'to', 'until', '-', 'till', 'through', '\u2013']),
  );
  if (to === undefined || to.next === from.next) return undefined;
  return { value: { within: { from: from.value, to: to.value } }, next: to.next };
};

export const until: Piece = (tokens, at, so) => {
  if (so.repeat === undefined || so.until !== undefined) return undefined;
  const start = skipAny(tokens, at, [
    ', until',
    'until',
    'through',
    'till',
    'ending on',
    'ending',
    'ends on',
    'ends',
    'to',
  ]);
  if (start === at) return lasting(tokens, at, so);
  const day = readDay(tokens, start);
  const clock = readClockAfterAt(tokens, skipAny(tokens, day?.next ?? start, ['at', '@']));
  // `every day until christmas at 8`: the time of what repeats, where that has none yet.
  const isOpen =
    so.clocks === undefined && so.part === undefined && /^(?:DAI|WEEK|MONTH|YEAR)LY$/.test(so.repeat.freq);
  if (day !== undefined && clock !== undefined && isOpen)
    return { value: { until: { day: day.value }, clocks: [clock.value] }, next: clock.next };
  if (day !== undefined)
    return clock === undefined
      ? { value: { until: { day: day.value } }, next: day.next }
      : { value: { until: { day: day.value, clock: clock.value } }, next: clock.next };
  if (clock === undefined) return undefined;
  const on = readDay(tokens, clock.next);
  return on === undefined
    ? { value: { until: { clock: clock.value } }, next: clock.next }
    : { value: { until: { clock: clock.value, day: on.value } }, next: on.next };
};

/** `for 3 weeks`, `5 times`, `for the next 10 days`: behind what repeats. */
function lasting(tokens: readonly Token[], at: number, so: When): Read<When> | undefined {
  const start = skipAny(tokens, at, [
    'for the next',
    'for up to',
    'up to',
    'for',
    'over the next',
    'during the next',
    'within',
  ]);
  const next = textAt(tokens, start - 1) === 'next' ? unitNamed(textAt(tokens, start)) : undefined;
  const one = next === undefined ? undefined : spanOf(1, next);
  if (one !== undefined) return { value: { until: { span: one } }, next: start + 1 };
  const span = readSpan(tokens, start);
  const long = span === undefined ? undefined : skip(tokens, span.next, 'long');
  if (span !== undefined && (start > at || long !== undefined))
    return { value: { until: { span: span.value } }, next: long ?? span.next };
  const count = so.count === undefined ? readWhole(tokens, start) : undefined;
  const times =
    count === undefined
      ? undefined
      : skipAny(tokens, count.next, ['times', 'occurrences', 'more times', 'x']);
  if (count === undefined || times === undefined || times === count.next) return undefined;
  return count.value <= 1000 ? { value: { count: count.value }, next: times } : undefined;
}
