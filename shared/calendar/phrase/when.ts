import { iso } from './iso.ts';
import { type Bounds, isEmpty, type Piece, type When } from './piece.ts';
import { type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { except, repeated, until, within } from './repeat-pieces.ts';
import { readRange } from './repeated-weekdays.ts';
import { readRepeat } from './repeats.ts';
import { after, soon } from './span-pieces.ts';
import { readSpan, type Span } from './spans.ts';
import { clocks, day, dayPart, sameTime, zone } from './time-pieces.ts';
import type { Token } from './tokens.ts';

/** So many tokens before a time some readers look at. */
const LOOKED_BACK = 2;

/** How many pieces one phrase has at most. */
const MOST_PIECES = 10;

/** Reads as much of a time as stands there, and adds it to what was said before; `undefined` when none does. */
export function readWhen(
  tokens: readonly Token[],
  at: number,
  bounds: Bounds,
  before: When = {},
): Read<When> | undefined {
  let value = before;
  let next = at;
  for (let pieces = 0; pieces < MOST_PIECES; pieces += 1) {
    const piece =
      readPiece(tokens, next, value, bounds) ??
      (pieces === 0 ? undefined : readPiece(tokens, skipJoint(tokens, next), value, bounds));
    if (piece === undefined) break;
    value = { ...value, ...piece.value };
    next = piece.next;
  }
  return next === at ? undefined : { value, next };
}

/** What may stand between two pieces: `,`, `-`, the T of `2026-12-10T13:55`. */
function skipJoint(tokens: readonly Token[], at: number): number {
  const isT = textAt(tokens, at) === 't' && tokens[at]?.glued === true;
  return isT ? at + 1 : skipAny(tokens, at, [', and', ',', '-', 'of', 'and', ';']);
}

const readPiece: Piece = (tokens, at, so, bounds) => {
  if (tokens[at] === undefined) return undefined;
  for (const read of pieces) {
    const found = read(tokens, at, so, bounds);
    if (found !== undefined) return found;
  }
  return undefined;
};

const anchored: Piece = (tokens, at, so, bounds) => {
  if (!isEmpty(so) || bounds.isInner === true) return undefined;
  const span = readSpan(tokens, at) ?? readTheSpan(tokens, at);
  if (span === undefined) return undefined;
  const word = textAt(tokens, span.next);
  const today = skip(tokens, span.next, 'today');
  if (today !== undefined && span.value.exact === 0) return { value: { after: span.value }, next: today };
  const direction = /^(?:from|after|past|on|later)$/.test(word)
    ? 1
    : /^(?:before|prior)$/.test(word)
      ? -1
      : 0;
  if (direction === 0) return undefined;
  const behind = skipAny(tokens, span.next + 1, ['to']);
  const now = skipAny(tokens, behind, ['right now', 'now', 'today', 'this moment']);
  if (direction === 1 && now > behind)
    return textAt(tokens, now - 1) === 'today' && span.value.exact > 0
      ? undefined
      : { value: { after: span.value }, next: now };
  const to = readWhen(tokens, behind, {
    ...bounds,
    isAlone: word !== 'on' && word !== 'later',
    isInner: true,
  });
  if (to === undefined || to.value.repeat !== undefined || to.value.after !== undefined) return undefined;
  return { value: { anchor: { span: span.value, direction, to: to.value } }, next: to.next };
};

/** The day of `the day before christmas`. */
const readTheSpan: Reader<Span> = (tokens, at) => {
  const start = skip(tokens, at, 'the') ?? at;
  const word = textAt(tokens, start);
  if (!/^(?:day|week|month|hour)$/.test(word) || !/^(?:before|after)$/.test(textAt(tokens, start + 1)))
    return undefined;
  const one: Token = { kind: 'word', text: 'n1', said: '', start: 0, end: 0, glued: false };
  const span = readSpan([one, ...tokens.slice(start, start + 1)], 0);
  return span === undefined ? undefined : { value: span.value, next: start + 1 };
};

const starting: Piece = (tokens, at, so, bounds) => {
  if (so.start !== undefined || bounds.isInner === true || (so.repeat === undefined && !isEmpty(so)))
    return undefined;
  // `every day from monday to friday` says on which days.
  if (so.repeat !== undefined && textAt(tokens, at) === 'from' && readRange(tokens, at) !== undefined)
    return undefined;
  const start = skipAny(tokens, at, [
    'starting on',
    'starting from',
    'starting at',
    'starting',
    'beginning on',
    'beginning',
    'from',
    'as of',
    'start',
    'begins',
    'commencing',
  ]);
  if (start === at) return undefined;
  // `from december 1 to december 20`: the end is the end of what repeats.
  const length = tokens
    .slice(start, start + 12)
    .findIndex(({ text }) => /^(?:to|until|through|-|\u2013)$/.test(text));
  const inner = { isAlone: true, isInner: true };
  // What stands just before is looked at, too; what stands far before is not copied.
  const from = Math.max(0, start - LOOKED_BACK);
  const short = length < 1 ? undefined : readWhen(tokens.slice(from, start + length), start - from, inner);
  const when =
    short?.next === start - from + length
      ? { ...short, next: start + length }
      : readWhen(tokens, start, inner);
  if (when === undefined || when.value.repeat !== undefined) return undefined;
  // `starting monday, every weekday at 9`: a beginning needs something that begins.
  const isFirst = so.repeat === undefined;
  if (isFirst && readRepeat(tokens, skipAny(tokens, when.next, [','])) === undefined) return undefined;
  return { value: { start: when.value }, next: when.next };
};

const pieces: readonly Piece[] = [
  anchored,
  within,
  until,
  starting,
  except,
  iso,
  clocks,
  zone,
  repeated,
  after,
  soon,
  sameTime,
  day,
  dayPart,
];
