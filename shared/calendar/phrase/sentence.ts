import { skipMinus } from './numbers.ts';
import type { When } from './piece.ts';
import { skipAny, textAt } from './read.ts';
import { lastBefore, links, skipLead, skipLinks } from './request-words.ts';
import type { Token } from './tokens.ts';
import { readWhen } from './when.ts';

/** What somebody wrote, parted into when and what. */
export interface Sentence {
  readonly when?: When;
  /** What is left: parts of the text, in order, as `slice` takes them. */
  readonly what: readonly (readonly [start: number, end: number])[];
}

/** Where a time stands among the tokens. */
interface Place {
  readonly when: When;
  readonly at: number;
  readonly next: number;
  /** Probably a part of what is to be remembered: `the 3pm meeting`, `food for saturday`. */
  readonly isWeak: boolean;
}

/** A time behind one of these is about something else. */
const belongsTo =
  /^(?:the|a|an|my|our|his|her|your|their|its|for|about|of|from|since|until|than|with|due|regarding|before|after|every|last|to|as|is|was|are|were|be)$/;

/** So many tokens the longest time has. */
const LONGEST_TIME = 150;
/** A time deep in a long text is a part of the text. */
const FARTHEST = 300;

/** Parts a request into when and what. `lead` says whether it begins with `remind me` or the like. */
export function parted(tokens: readonly Token[]): Sentence {
  const lead = skipLead(tokens, 0);
  const end = lastBefore(tokens);
  const prefix = readPrefix(tokens, lead);
  const afterPrefix = prefix === undefined ? lead : skipLinks(tokens, skipLead(tokens, prefix.next, true));
  const start = prefix === undefined ? skipLinks(tokens, lead) : afterPrefix;
  const isWhole =
    prefix !== undefined && (prefix.when.after !== undefined || prefix.when.anchor !== undefined);
  const suffix = isWhole ? undefined : readSuffix(tokens, start, end);
  if (prefix !== undefined) {
    const both = suffix === undefined || suffix.isWeak ? undefined : together(prefix.when, suffix.when);
    if (both === undefined || suffix === undefined)
      return { when: prefix.when, what: [range(tokens, start, end)] };
    return { when: both, what: [range(tokens, start, suffix.at)] };
  }
  const middle = suffix === undefined || suffix.isWeak ? readMiddle(tokens, start, end) : undefined;
  const found = middle ?? suffix;
  if (found === undefined) return { what: [range(tokens, start, end)] };
  const what = [
    range(tokens, start, beforeWeak(tokens, start, found)),
    range(tokens, skipLinksOnce(tokens, found.next), end),
  ];
  return { when: found.when, what: what.filter(([from, to]) => to > from) };
}

/** Behind a time in the middle only signs go: `at 5 about the meeting` keeps its word. */
function skipLinksOnce(tokens: readonly Token[], at: number): number {
  return skipAny(tokens, at, [',', ';', ':', '.']);
}

/** A time right behind `remind me`, or at the very beginning. */
function readPrefix(tokens: readonly Token[], lead: number): Place | undefined {
  const start = skipAny(tokens, lead, ['for', ':', ',', '-']);
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

/** The 5 minutes of `-5 minutes`, `1/5 minutes` and `every 5 minutes`: they say less than the whole, and something else. */
function isPartOfMore(tokens: readonly Token[], at: number, { after }: When): boolean {
  if (tokens[at]?.kind !== 'number') return false;
  if (isBehindSign(tokens, at)) return true;
  if (after === undefined) return false;
  if (/^(?:every|each|minus|negative)$/.test(textAt(tokens, at - 1))) return true;
  if (skipMinus(tokens, at - 1) === at && tokens[at - 1]?.glued === false) return true;
  const isJoined = tokens[at]?.glued === true && tokens[at - 1]?.glued === true;
  const before = tokens[at - (textAt(tokens, at - 2) === 'e' ? 3 : 2)];
  return isJoined && before?.kind === 'number';
}

/** The 5 of `in - 5 minutes`, `in ~5 minutes` and `at -5:00`. */
function isBehindSign(tokens: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (/^[-+~<>=\u00b1\u2212\u2013]$/.test(textAt(tokens, before))) before -= 1;
  return before < at - 1 && /^(?:in|at|after|within|every|each)$/.test(textAt(tokens, before));
}

/** In the middle of a text, only what cannot be an adjective: `the friday meeting`, `daily report`. */
function isLoose(tokens: readonly Token[], at: number, when: When): boolean {
  const isLed = /^(?:at|on|in|by|every|each|tomorrow|today|tonight|this|next|@|until|from)$/.test(
    textAt(tokens, at),
  );
  return !isLed || isVague(when);
}

function isWeakAt(tokens: readonly Token[], at: number, when: When, start: number): boolean {
  if (isVague(when)) return true;
  return at > start &&
    belongsTo.test(textAt(tokens, at - 1)) &&
    !/^(?:is|was|are|were|be|due)$/.test(textAt(tokens, at - 1))
    ? !/^(?:at|in|on|every|tomorrow|today|tonight)$/.test(textAt(tokens, at)) ||
        /^(?:for|of|from|about|before|after|until|since)$/.test(textAt(tokens, at - 1))
    : false;
}

/** Words that are more than a time. */
function isVague(when: When): boolean {
  if (when.isBareSpan === true) return true;
  const says = Object.keys(when).length;
  return (when.day?.isVague === true || when.repeat?.isVague === true) && says === 1;
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
  if (b.repeat !== undefined && a.day !== undefined) return undefined;
  if (a.repeat !== undefined && b.day !== undefined) return undefined;
  return Object.keys(b).some((key) => keys.has(key)) ? undefined : { ...a, ...b };
}

function range(tokens: readonly Token[], from: number, to: number): readonly [number, number] {
  const first = tokens[from];
  const last = tokens[to - 1];
  return first === undefined || last === undefined || to <= from ? [0, 0] : [first.start, last.end];
}
