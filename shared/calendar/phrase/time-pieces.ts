import type { Clock } from './clock-parts.ts';
import { readClock, readClockAfterAt, readClockBeforePart, readClockRange } from './clocks.ts';
import { readDayPart, tonight } from './day-parts.ts';
import { readDay } from './days.ts';
import { isEmpty, type Piece } from './piece.ts';
import { firstOf, listOf, type Read, skip, skipAny, textAt } from './read.ts';
import { readRepeat } from './repeats.ts';
import { readSpan } from './spans.ts';
import type { Token } from './tokens.ts';
import { unitNamed } from './words.ts';
import { readZoneName } from './zone-names.ts';

/** What leads a time that something comes after, or before. */
const led = /^(?:after|from|since|before|later|starting)$/;

export const clocks: Piece = (tokens, at, so, { isAlone }) => {
  if (so.clocks !== undefined || so.within !== undefined) return undefined;
  if (so.after !== undefined && (so.after.exact !== 0 || so.after.unit === 'second')) return undefined;
  const start = skipAny(tokens, at, [
    'at',
    '@',
    'by',
    'around',
    'about',
    'for',
    ...(so.day === undefined ? [] : ['before', 'after']),
    ...(isEmpty(so) ? ['after', 'from', 'since', 'before', 'later than', 'starting'] : []),
    'at around',
    'at about',
    'on',
  ]);
  const isAt =
    start > at && !/^(?:for|about|on|after|from|since|before|later|starting)$/.test(textAt(tokens, at));
  // `tomorrow 9`, `9 tomorrow`: a number beside a day, with nothing behind it that it could count.
  const isHour = so.day !== undefined && textAt(tokens, at + 1) === 'h' && tokens[at + 1]?.glued === true;
  const isBeside =
    isHour ||
    ((so.day !== undefined || so.part !== undefined || so.repeat !== undefined) && isLast(tokens, at));
  const isAfter = isEmpty(so) && led.test(textAt(tokens, at)) && readClock(tokens, start) !== undefined;
  if (
    start > at &&
    !isAt &&
    !isAfter &&
    so.day === undefined &&
    so.repeat === undefined &&
    !isAlone &&
    textAt(tokens, at) !== 'for'
  )
    return undefined;
  const range = so.repeat === undefined ? readClockRange(tokens, at) : undefined;
  if (range !== undefined) {
    const zoneName = readZoneName(tokens, range.next);
    return {
      value: { clocks: [range.value], ...zoneName?.value },
      next: zoneName?.next ?? range.next,
    };
  }
  // `after 2pm`, but not `after 5 days` and not `since 2014`.
  if (isEmpty(so) && led.test(textAt(tokens, at)) && readClock(tokens, start) === undefined) return undefined;
  const isBareAlone = isAlone && !isAt && !isHour && readClock(tokens, start) === undefined;
  if (isBareAlone && (readDay(tokens, at) ?? readSpan(tokens, at) ?? readRepeat(tokens, at)) !== undefined)
    return undefined;
  const read = isAt || isAlone || isBeside ? readClockAfterAt : firstOf(readClock, readClockBeforePart);
  const list = listOf(read)(tokens, start);
  const isList = so.repeat !== undefined || repeatFollows(tokens, list?.next);
  // `at 10:30 and 15:30` is told apart from `at 10:30`, to be refused: one reminder comes once.
  const alone = read(tokens, start);
  const hasZone = alone !== undefined && readZoneName(tokens, alone.next) !== undefined;
  const isSeveral = list !== undefined && list.value.length > 1 && !hasZone;
  const found = (isList && !hasZone) || isSeveral ? list : wrapped(alone);
  // `for 8 times`, `for 10 days` tell how often, or how long.
  if (textAt(tokens, at) === 'for' && found !== undefined && countsTimes(tokens, found.next))
    return undefined;
  if (found === undefined || (isAt && !isAlone && countsSomething(tokens, found.next, start)))
    return undefined;
  const zone = readZoneName(tokens, found.next);
  return {
    value: { clocks: found.value, ...zone?.value },
    next: zone?.next ?? found.next,
  };
};

function countsTimes(tokens: readonly Token[], at: number): boolean {
  const word = textAt(tokens, at);
  return /^(?:times|occurrences|more|x)$/.test(word) || unitNamed(word) !== undefined;
}

function wrapped(read: Read<Clock> | undefined): Read<readonly Clock[]> | undefined {
  return read === undefined ? undefined : { value: [read.value], next: read.next };
}

function repeatFollows(tokens: readonly Token[], at: number | undefined): boolean {
  return at !== undefined && readRepeat(tokens, skipAny(tokens, at, [','])) !== undefined;
}

function isLast(tokens: readonly Token[], at: number): boolean {
  return tokens[at + 1] === undefined || /^(?:to|,|\.|!|\?)$/.test(textAt(tokens, at + 1));
}

/** `at 5 Main Street`, `at 20 percent`: the number belongs to a word behind it. Times have few words behind them. */
function countsSomething(tokens: readonly Token[], next: number, start: number): boolean {
  const isBare = next === start + 1 && tokens[start]?.kind === 'number';
  const behind = tokens[next];
  if (!isBare || behind === undefined) return false;
  // `at 9: call Ann` ends with the hour.
  if (behind.text === ':' && tokens[next + 1]?.glued !== true) return false;
  if (behind.kind === 'sign') return /^[%$€£°:/-]$/.test(behind.text) && behind.glued;
  return /^(?:percent|degrees|euros|dollars|miles|km|mph|kg|people|th|st|nd|rd)$/.test(behind.text);
}

/** Behind the day of a time: `9am on friday, New York time`. */
export const zone: Piece = (tokens, at, so) => {
  if (so.clocks === undefined || (so.zone ?? so.zones ?? so.place) !== undefined) return undefined;
  return readZoneName(tokens, at);
};

export const day: Piece = (tokens, at, so) => {
  if (so.day !== undefined || so.anchor !== undefined || so.repeat !== undefined) return undefined;
  if (
    so.after !== undefined &&
    (so.after.exact !== 0 || so.after.unit === 'second' || textAt(tokens, at) !== 'on')
  )
    return undefined;
  const lead = skip(tokens, at, 'later this') ?? skip(tokens, at, 'this');
  const part = lead === undefined ? undefined : readDayPart(tokens, lead);
  if (part !== undefined && so.part === undefined)
    return { value: { day: { on: (today) => today }, part: part.value }, next: part.next };
  for (const [phrase, days, part] of [
    ['late tonight', 0, { ...tonight, usual: 22 * 60 }],
    ['early tomorrow', 1, { ...tonight, name: 'morning', usual: 8 * 60 }],
  ] as const) {
    const next = skip(tokens, at, phrase);
    if (next !== undefined) return { value: { day: { on: (today) => today + days }, part }, next };
  }
  const now =
    skip(tokens, at, 'tonight') ?? skip(tokens, at, 'later tonight') ?? skip(tokens, at, 'by tonight');
  if (now !== undefined) return { value: { day: { on: (today) => today }, part: tonight }, next: now };
  const found = readDay(tokens, at);
  if (found === undefined) return undefined;
  // Of a span of days the beginning counts: `this friday to this monday`.
  const to = skipAny(tokens, found.next, ['-', '\u2013', 'until', 'through']);
  const from = skip(tokens, found.next, 'to this') ?? skip(tokens, found.next, 'to next');
  const last =
    to > found.next ? readDay(tokens, to) : from === undefined ? undefined : readDay(tokens, from - 1);
  const isSpan = last !== undefined && last.value.isVague !== true;
  return { value: { day: found.value }, next: isSpan ? last.next : found.next };
};

export const sameTime: Piece = (tokens, at, so) => {
  if (so.clocks !== undefined || so.part !== undefined || so.repeat !== undefined) return undefined;
  const start = skipAny(tokens, at, ['at the', 'at', 'the']);
  const next = skip(tokens, start, 'same time') ?? skip(tokens, start, 'this time');
  if (next === undefined || (isEmpty(so) && readDay(tokens, next) === undefined)) return undefined;
  return { value: { isSameTime: true }, next };
};

/** `evening at 8` says which 8, but `say good evening at 8` and `dinner at 8` say what. */
function isWithClock(tokens: readonly Token[], at: number): boolean {
  const isPart = /^(?:morning|afternoon|evening|night)s?$/.test(textAt(tokens, at));
  return isPart && textAt(tokens, at + 1) === 'at' && tokens[at - 1]?.said !== 'good';
}

export const dayPart: Piece = (tokens, at, so, { isAlone }) => {
  if (so.anchor !== undefined || (so.after !== undefined && so.after.exact !== 0)) return undefined;
  const meal = so.clocks === undefined ? undefined : skip(tokens, at, 'for');
  const isMeal = meal !== undefined && /^(?:breakfast|lunch|dinner)$/.test(textAt(tokens, meal));
  const found = readDayPart(tokens, isMeal ? meal : at);
  // `first thing monday morning` says it twice, and the first time better.
  if (so.part !== undefined)
    return found?.value.name === so.part.name ? { value: {}, next: found.next } : undefined;
  // `eat dinner tomorrow`, `say good night`: a part of the day is one behind `at` or a day.
  const isBare = /^(?:morning|afternoon|evening|night|lunch|breakfast|dinner)s?$/.test(textAt(tokens, at));
  if (isBare && isEmpty(so) && !isAlone && textAt(tokens, at + 1) !== 'of' && !isWithClock(tokens, at))
    return undefined;
  return found === undefined ? undefined : { value: { part: found.value }, next: found.next };
};
