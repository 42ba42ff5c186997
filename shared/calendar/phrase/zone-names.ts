import { sharedLetters, zoneLetters } from '../zone-letters.ts';
import { zonesNamed } from '../zones.ts';
import { readDistance, readOffset } from './iso.ts';
import { type Read, type Reader, skip, skipAny, textAt } from './read.ts';
import { type Token, UNKNOWN } from './tokens.ts';

/** The zone of a time, or those of which one is meant. */
export interface SaidZone {
  readonly zone?: string;
  readonly zones?: readonly string[];
  /** Those of the place that is named behind `in`, where it may name something else, or several clocks: `at 9 in Berlin office`. */
  readonly place?: readonly string[];
}

/** No name of a zone has more words and signs. */
const LONGEST_NAME = 9;

/** What stands behind a time: `CET`, `(EST)`, `UTC-5`, `New York time`, `Pacific`, `Europe/Berlin`. */
export const readZoneName: Reader<SaidZone> = (tokens, at) => {
  if (tokens[at] === undefined) return undefined;
  if (textAt(tokens, at) === 'in') return readZoneOfPlace(tokens, at);
  if (textAt(tokens, at) !== '(') return readZone(tokens, at);
  const inside = readZone(tokens, at + 1, true);
  return inside !== undefined && textAt(tokens, inside.next) === ')'
    ? { ...inside, next: inside.next + 1 }
    : undefined;
};

/** `9am in New York`: the clock there. The place stays where it stands, for whoever is to be there. */
function readZoneOfPlace(tokens: readonly Token[], at: number): Read<SaidZone> | undefined {
  const zone = readZone(tokens, at + 1);
  // `9am in Pacific time`, `9am in UTC`.
  const isTime = zone !== undefined && textAt(tokens, zone.next - 1) === 'time';
  const place = placeBehindIn(tokens, at);
  if (zone !== undefined && (isTime || place === undefined))
    return isTime || isOver(tokens, zone.next) ? zone : undefined;
  if (place === undefined) return undefined;
  const [only, ...others] = place.value;
  const isSure = others.length === 0 && isOver(tokens, place.next);
  return { value: isSure && only !== undefined ? { zone: only } : { place: place.value }, next: at };
}

/** Names that have an article. */
const withArticle = /^(?:uk|us|usa|uae|netherlands|philippines|united (?:kingdom|states|arab emirates))$/;

/** The zones of the place in `in New York`; `undefined` for any other, such as `in the office`. */
function placeBehindIn(tokens: readonly Token[], at: number): Read<readonly string[]> | undefined {
  if (textAt(tokens, at) !== 'in') return undefined;
  const article = skip(tokens, at + 1, 'the');
  const start = article ?? at + 1;
  for (let length = LONGEST_NAME; length >= 1; length -= 1) {
    const name = tokens.slice(start, start + length);
    if (name.at(-1)?.kind !== 'word' || (length === 1 && name[0]?.text !== UNKNOWN)) continue;
    const called = name.map(({ said }) => said).join(' ');
    const zones = article === undefined || withArticle.test(called) ? zonesNamed(called) : undefined;
    if (zones !== undefined) return { value: zones, next: start + name.length };
  }
  return undefined;
}

/** The index behind the place whose clock the time before it goes by: `at 9 in New York to call`. */
export function skipPlace(tokens: readonly Token[], at: number, { zone }: SaidZone): number {
  const place = placeBehindIn(tokens, at);
  return place !== undefined && zone !== undefined && place.value.includes(zone) ? place.next : at;
}

/** No zone that is not known has a longer name, in words. */
const LONGEST_UNKNOWN = 3;

/** The index behind a zone that is not known: `Mars time`. */
export function skipUnknownZone(tokens: readonly Token[], at: number): number | undefined {
  const start = skipAny(tokens, at, ['in', '(', ',']);
  let next = start;
  while (next < start + LONGEST_UNKNOWN && textAt(tokens, next) === UNKNOWN) next += 1;
  const behind = skip(tokens, skipAny(tokens, next, ['-']), 'time');
  return next > start && behind !== undefined && isOver(tokens, behind) ? behind : undefined;
}

function readZone(tokens: readonly Token[], at: number, isAlone = false): Read<SaidZone> | undefined {
  const own = skip(tokens, at, 'local time');
  if (own !== undefined) return { value: {}, next: own };
  // `14:00+02:00`, but not the 10 of `2027-10`.
  const offset = textAt(tokens, at - 2) === ':' ? readOffset(tokens, at) : undefined;
  if (offset !== undefined) return { value: { zone: offset.value }, next: offset.next };
  const letters = tokens[at]?.said ?? '';
  const distance =
    /^(?:utc|gmt)$/.test(letters) && /^[+\u2212-]$/.test(textAt(tokens, at + 1))
      ? readDistance(tokens, at + 1)
      : undefined;
  if (distance !== undefined) return { value: { zone: distance.value }, next: distance.next };
  const time = skip(tokens, at + 1, 'time') ?? at + 1;
  // `IST India` says which.
  const place = readPlace(tokens, at, isAlone);
  if (place !== undefined && place.next > time) return place;
  if (Object.hasOwn(zoneLetters, letters) && letters !== 'z')
    return { value: { zone: zoneLetters[letters] ?? 'UTC' }, next: time };
  if (Object.hasOwn(sharedLetters, letters))
    return { value: { zones: sharedLetters[letters] ?? [] }, next: time };
  return place;
}

/** A name that `timezone` knows, where nothing follows it that it could belong to: `9am Paris`, but not `9am Paris flight`. */
function readPlace(tokens: readonly Token[], at: number, isAlone: boolean): Read<SaidZone> | undefined {
  for (let length = LONGEST_NAME; length >= 1; length -= 1) {
    const last = tokens[at + length - 1];
    if (last?.kind !== 'word') continue;
    const name = tokens.slice(at, at + length);
    const isTime = textAt(tokens, at + length) === 'time';
    // A word of times, or of two letters, names no place, unless more follows: `may`, but `san jose` and `uk time`.
    const isWord = length === 1 && (tokens[at]?.text !== UNKNOWN || letterCount(name) < 3);
    if (isWord && !isTime) continue;
    const next = isTime ? at + length + 1 : at + length;
    if (!isTime && !isAlone && !isOver(tokens, next)) continue;
    const called = name.map(({ said }) => said).join(' ');
    // `Berliner Zeit` is the time of Berlin.
    const zones = zonesNamed(called) ?? (isTime ? zonesNamed(called.replace(/er$/, '')) : undefined);
    if (zones === undefined) continue;
    const [zone] = zones;
    return { value: zones.length === 1 && zone !== undefined ? { zone } : { zones }, next };
  }
  return undefined;
}

function letterCount(name: readonly Token[]): number {
  return name.reduce((sum, { said }) => sum + said.length, 0);
}

function isOver(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind === 'sign') return true;
  return /^(?:to|that|about|of|on|every|tomorrow|today|tonight|next|this|please|thanks|d[0-6]\??)$/.test(
    token.text,
  );
}
