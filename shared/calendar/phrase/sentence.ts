import {
  isDistance,
  isEarlyOrLate,
  isLoose,
  isPartOfMore,
  isTimeBefore,
  isTimeBehind,
  isVague,
  isWeakAt,
} from './beside.ts';
import type { When } from './piece.ts';
import { skipAny, textAt } from './read.ts';
import { canBeginOn } from './repeat.ts';
import { addressee, lastBefore, links, skipLead, skipLinks } from './request-words.ts';
import type { Token } from './tokens.ts';
import { readWhen } from './when.ts';
import { skipPlace, skipUnknownZone } from './zone-names.ts';

/** What somebody wrote, parted into when and what. */
export interface Sentence {
  readonly when?: When;
  /** What is left: parts of the text, in order, as `slice` takes them. */
  readonly what: readonly (readonly [start: number, end: number])[];
  /** Whom it names, if not whoever asks. */
  readonly addressee?: 'several' | 'somebody-else';
  /** Beside the time that was read stands a word of time that was not: what was read may be half of what was meant. */
  readonly hasTimeLeft?: boolean;
}

/** Where a time stands among the tokens. */
interface Place {
  readonly when: When;
  readonly at: number;
  readonly next: number;
  /** Probably a part of what is to be remembered: `the 3pm meeting`, `food for saturday`. */
  readonly isWeak: boolean;
}

/** So many tokens the longest time has. */
const LONGEST_TIME = 150;
/** A time deep in a long text is a part of the text. */
const FARTHEST = 300;

/** Parts a request into when and what. */
export function parted(tokens: readonly Token[]): Sentence {
  const lead = skipLead(tokens, 0);
  const named = addressee(tokens, lead);
  const sentence = partedBehind(tokens, lead);
  return named === undefined ? sentence : { ...sentence, addressee: named };
}

function partedBehind(tokens: readonly Token[], lead: number): Sentence {
  const end = lastBefore(tokens);
  const prefix = readPrefix(tokens, lead);
  const afterPrefix =
    prefix === undefined
      ? lead
      : skipLinks(tokens, skipLead(tokens, skipPlace(tokens, prefix.next, prefix.when), true));
  const start = prefix === undefined ? skipLinks(tokens, lead) : afterPrefix;
  const isWhole =
    prefix !== undefined && (prefix.when.after !== undefined || prefix.when.anchor !== undefined);
  const suffix = isWhole ? undefined : readSuffix(tokens, start, end);
  if (prefix !== undefined) {
    return partedAround(tokens, prefix, { suffix, start, end });
  }
  const middle = suffix === undefined || suffix.isWeak ? readMiddle(tokens, start, end) : undefined;
  const found = middle ?? suffix;
  if (found === undefined) return { what: [range(tokens, start, end)] };
  const what = [
    range(tokens, start, beforePlease(tokens, start, beforeWeak(tokens, start, found))),
    range(tokens, skipLinksOnce(tokens, found.next), end),
  ];
  const hasTimeLeft =
    isZoneLeft(tokens, found) ||
    isEarlyOrLate(tokens, found, start) ||
    isTimeBefore(tokens, start, found.at) ||
    // `tomorrow or friday`: the other one is no part of the text.
    textAt(tokens, found.at - 1) === 'or' ||
    isDistance(tokens, start) ||
    (middle !== undefined && isTimeBehind(tokens, found.next));
  return { when: found.when, what: what.filter(([from, to]) => to > from), hasTimeLeft };
}

/** A time at the beginning, with what another at the end adds to it: `every hour to stretch until 6pm`. */
function partedAround(
  tokens: readonly Token[],
  prefix: Place,
  rest: { readonly suffix: Place | undefined; readonly start: number; readonly end: number },
): Sentence {
  const { start, end } = rest;
  const { when, next } = prefix;
  const isBeside =
    isTimeBehind(tokens, next) ||
    isEarlyOrLate(tokens, prefix, start) ||
    // `at 5 story time` is a time and a text.
    (isZoneLeft(tokens, prefix) && skipUnknownZone(tokens, next) !== end);
  const bound = readBound(tokens, when, rest);
  if (bound !== undefined)
    return { when: bound.when, what: [range(tokens, start, bound.at)], hasTimeLeft: isBeside };
  // What is bought for Saturday is bought before.
  const suffix =
    rest.suffix?.isWeak === false && textAt(tokens, rest.suffix.at) !== 'for' ? rest.suffix : undefined;
  const both = suffix === undefined ? undefined : together(when, suffix.when);
  if (suffix === undefined || both === undefined) {
    // Beside what repeats another time is no part of the text: it says when, too.
    const isLost = suffix !== undefined && (when.repeat ?? suffix.when.repeat) !== undefined;
    return { when, what: [range(tokens, start, end)], hasTimeLeft: isBeside || isLost };
  }
  return { when: both, what: [range(tokens, start, suffix.at)], hasTimeLeft: isBeside };
}

/** Whether a zone that is not known stands behind a time of the clock: `9am Mars time`. */
function isZoneLeft(tokens: readonly Token[], { when, next }: Place): boolean {
  return when.clocks !== undefined && skipUnknownZone(tokens, next) !== undefined;
}

/** Where what repeats begins and ends, said behind the text: `until 6pm`, `starting tomorrow`, `except sundays`. */
function readBound(
  tokens: readonly Token[],
  when: When,
  { start, end }: { readonly start: number; readonly end: number },
): Place | undefined {
  if (when.repeat === undefined) return undefined;
  const until = tokens.slice(0, end);
  for (let at = Math.max(start + 1, end - LONGEST_TIME); at < end; at += 1) {
    if (!bounds.test(textAt(tokens, at))) continue;
    const read = readWhen(until, at, { isAlone: false }, when);
    if (read?.next === end) return { when: read.value, at, next: end, isWeak: false };
  }
  return undefined;
}

const bounds = /^(?:until|through|starting|beginning|ending|except|from|between)$/;

/** Behind a time in the middle only signs go: `at 5 about the meeting` keeps its word. */
function skipLinksOnce(tokens: readonly Token[], at: number): number {
  return skipAny(tokens, at, [',', ';', ':', '.']);
}

/** A time right behind `remind me`, or at the very beginning. */
function readPrefix(tokens: readonly Token[], lead: number): Place | undefined {
  const start = skipAny(tokens, lead, ['for', ':', ',', '-', 'please']);
  const read = readWhen(tokens, start, { isAlone: false });
  if (read === undefined) return undefined;
  const { value: when, next } = read;
  if (isPartOfMore(tokens, start, when)) return undefined;
  const behind = tokens[next];
  const isParted = behind === undefined || links.includes(behind.text) || skipLead(tokens, next, true) > next;
  if (isParted && /^(?:of|-)$/.test(behind?.text ?? '') && when.isBareSpan === true) return undefined;
  if (!isParted && (isVague(when) || behind?.text === 'before' || behind?.text === 'after')) return undefined;
  if (isParted && lead === 0 && isVague(when) && behind !== undefined && behind.text !== 'to')
    return undefined;
  return { when, at: start, next, isWeak: false };
}

/** A time that reaches to the end; the longest, unless it belongs to something else. */
function readSuffix(tokens: readonly Token[], start: number, end: number): Place | undefined {
  const until = tokens.slice(0, end);
  let weak: Place | undefined;
  for (let at = Math.max(start, end - LONGEST_TIME); at < end; at += 1) {
    if (tokens[at]?.kind === 'quoted') continue;
    const read = readWhen(until, at, { isAlone: false });
    if (read === undefined || read.next !== end || isPartOfMore(tokens, at, read.value)) continue;
    const isWeak = isWeakAt(tokens, at, read.value, start);
    if (!isWeak) return { when: read.value, at, next: read.next, isWeak };
    weak ??= { when: read.value, at, next: read.next, isWeak };
  }
  return weak;
}

/** A time with words before and behind it: the one that says most. */
function readMiddle(tokens: readonly Token[], start: number, end: number): Place | undefined {
  const until = tokens.slice(0, end);
  let best: Place | undefined;
  let most = 0;
  for (let at = start + 1; at < Math.min(end, start + FARTHEST); at += 1) {
    if (tokens[at]?.kind === 'quoted') continue;
    const read = readWhen(until, at, { isAlone: false });
    if (read === undefined || isPartOfMore(tokens, at, read.value)) continue;
    const says = Object.keys(read.value).length;
    if (!isWeakAt(tokens, at, read.value, start) && !isLoose(tokens, at, read.value) && says > most) {
      best = { when: read.value, at, next: read.next, isWeak: false };
      most = says;
    }
    at = read.next - 1;
  }
  return best;
}

/** `to call Ann please tomorrow`: what is said to be polite is no part of the text. */
function beforePlease(tokens: readonly Token[], start: number, end: number): number {
  let at = end;
  while (at > start + 1 && textAt(tokens, at - 1) === 'please') at -= 1;
  return at;
}

/** `food for saturday`: when the day is all there is, the word before it goes with it. */
function beforeWeak(tokens: readonly Token[], start: number, { at, isWeak }: Place): number {
  if (at > start && /^(?:after|sometime|before|until)$/.test(textAt(tokens, at - 1))) return at - 1;
  return isWeak && at > start && /^(?:for|to|about|of|from)$/.test(textAt(tokens, at - 1)) ? at - 1 : at;
}

/** A day at one end and a time at the other: `tomorrow ... at 5`. */
function together(a: When, b: When): When | undefined {
  const keys = new Set(Object.keys(a));
  if (a.after !== undefined || b.after !== undefined || b.anchor !== undefined || b.isBareSpan === true)
    return undefined;
  const day = a.day ?? b.day;
  const repeat = a.repeat ?? b.repeat;
  if (day !== undefined && repeat !== undefined) {
    // `every 2 weeks to water the plants on wednesday` begins on that day.
    const { day: _a, ...rest } = a;
    const { day: _b, ...others } = b;
    return canBeginOn(repeat) ? together(rest, { ...others, start: { day } }) : undefined;
  }
  return Object.keys(b).some((key) => keys.has(key)) ? undefined : { ...a, ...b };
}

function range(tokens: readonly Token[], from: number, to: number): readonly [number, number] {
  const first = tokens[from];
  const isComma = to > from + 1 && /^[,;]$/.test(textAt(tokens, to - 1));
  const last = tokens[isComma ? to - 2 : to - 1];
  return first === undefined || last === undefined || to <= from ? [0, 0] : [first.start, last.end];
}
