import { RRuleTemporal } from 'rrule-temporal';
import type { Instant } from '../domain/time.ts';
import { dayMs, fromWall, parseWall, toWall, type Wall, wallIso } from './local-time.ts';

/** What repeats: an iCalendar rule, the local time of its first occurrence, and the zone whose clocks it follows. */
export interface Recurrence {
  /** The value of an RRULE (RFC 5545), without its name: `FREQ=WEEKLY;BYDAY=MO`. UNTIL is in UTC. */
  readonly rrule: string;
  /** Local time of the first occurrence, without an offset: `2026-11-23T15:00:00`. */
  readonly dtstart: string;
  /** IANA time zone. */
  readonly zone: string;
}

/** No change of a clock was ever more than a day: a time that it skips comes at most so much later. */
const LONGEST_SKIP = dayMs + 3_600_000;

/**
 * The next occurrences after an instant, that instant excluded, in order; fewer than asked for where the rule ends.
 *
 * Days, weeks, months and years follow the local clock: 9:00 stays 9:00 over a change of the clock. A time that the clock
 * skips comes as much later as the clock was put forward (02:30 at 03:30), and of a time that it shows twice the first
 * counts, as iCalendar and Temporal read such times. Every n hours or minutes is counted in time that passes. Dates that do
 * not exist (31 April, 29 February) are left out, as RFC 5545 says.
 *
 * Throws `RangeError` for a rule, a start or a zone that cannot be read.
 */
export function nextOccurrences(rule: Recurrence, after: Instant, count: number): readonly Instant[] {
  const start = parseWall(rule.dtstart);
  if (start === undefined)
    throw new RangeError(`dtstart is "${rule.dtstart}" and must be a local time such as 2026-11-23T15:00:00`);
  const until = untilOf(rule.rrule);
  const isLive = (at: Instant): boolean => until === undefined || at <= until;
  const found: Instant[] = [];
  for (const at of isSubDaily(rule.rrule) ? passing(rule, start, after) : onTheClock(rule, start, after)) {
    if (!isLive(at) || found.length >= count) break;
    if (at > after && at !== found.at(-1)) found.push(at);
  }
  return found.slice(0, count);
}

/** The first occurrence after an instant; `undefined` when there is none. */
export function nextOccurrence(rule: Recurrence, after: Instant): Instant | undefined {
  return nextOccurrences(rule, after, 1)[0];
}

/**
 * Occurrences by the clock on the wall: the rule is followed as if in UTC, where every time exists once, and each local
 * time is then found in the zone. Those that the clock skips come later than their turn, so they wait for it.
 */
function* onTheClock(rule: Recurrence, start: Wall, after: Instant): Generator<Instant> {
  const skipped: Instant[] = [];
  for (const wall of walk(
    withoutUntil(rule.rrule),
    `${compact(start)}Z`,
    toWall(after, rule.zone) - LONGEST_SKIP,
  )) {
    const at = fromWall(wall, rule.zone);
    while (skipped[0] !== undefined && skipped[0] <= at) yield skipped.shift() ?? at;
    if (toWall(at, rule.zone) === wall) yield at;
    else insert(skipped, at);
  }
  yield* skipped;
}

/** Occurrences by the time that passes. */
function passing(rule: Recurrence, start: Wall, after: Instant): Iterable<Instant> {
  const plain = withoutUntil(rule.rrule);
  if (/;BY(?:DAY|HOUR|MONTH|MONTHDAY)=/.test(`;${plain}`))
    return walk(plain, `${compact(start)}`, after, rule.zone);
  return walk(plain, `${compact(fromWall(start, rule.zone))}Z`, after);
}

/** Behind so many the others are read by the day: each single look goes through all times of its day. */
const ONE_BY_ONE = 2;

/** Every occurrence from an instant on. */
function* walk(rrule: string, dtstart: string, from: Instant, zone?: string): Generator<Instant> {
  const line = zone === undefined ? `DTSTART:${dtstart}` : `DTSTART;TZID=${zone}:${dtstart}`;
  const rule = ruleFrom(`${line}\nRRULE:${rrule}`);
  let next = following(rule, from, true);
  for (let looks = 1; next !== undefined; looks += 1) {
    yield next;
    const others = looks < ONE_BY_ONE ? [] : withinADay(rule, next);
    yield* others;
    next = following(rule, others.at(-1) ?? next, false);
  }
}

/** The occurrences that come less than a day after one of them. */
function withinADay(rule: RRuleTemporal, at: Instant): readonly Instant[] {
  try {
    return rule.between(new Date(at), new Date(at + dayMs)).map(({ epochMilliseconds }) => epochMilliseconds);
  } catch {
    // More steps than the package takes at once: they are looked for one by one.
    return [];
  }
}

/** The next occurrence of a rule that could be read. */
function following(rule: RRuleTemporal, from: Instant, isIncluded: boolean): Instant | undefined {
  try {
    return rule.next(new Date(from), isIncluded)?.epochMilliseconds;
  } catch {
    // The package gives up like this where no occurrence comes in ten thousand steps, or before the end of its calendar:
    // there is none. Nothing was stored, and nobody is told.
    return undefined;
  }
}

function ruleFrom(rruleString: string): RRuleTemporal {
  try {
    return new RRuleTemporal({ rruleString });
  } catch (cause) {
    // The caller stores rules that were read before: this one was not, and nothing fires.
    throw new RangeError(`"${rruleString}" is no recurrence rule of RFC 5545`, { cause });
  }
}

function insert(sorted: Instant[], at: Instant): void {
  const index = sorted.findIndex((other) => other > at);
  sorted.splice(index < 0 ? sorted.length : index, 0, at);
}

/** The parts of a rule by their names. */
export function partsOf(rrule: string): ReadonlyMap<string, string> {
  return new Map(
    rrule.split(';').map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name.toUpperCase(), value.toUpperCase()] as const;
    }),
  );
}

/** Hours and minutes are lengths of time; from days on it is the calendar that repeats. */
export function isSubDaily(rrule: string): boolean {
  return /(?:^|;)FREQ=(?:HOURLY|MINUTELY|SECONDLY)(?:;|$)/i.test(rrule);
}

/** When the rule ends, that instant included. */
export function untilOf(rrule: string): Instant | undefined {
  const value = partsOf(rrule).get('UNTIL');
  if (value === undefined) return undefined;
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value);
  if (match === null)
    throw new RangeError(`UNTIL is "${value}" and must be in UTC, such as 20261231T225959Z`);
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}

function withoutUntil(rrule: string): string {
  return rrule
    .split(';')
    .filter((part) => !/^UNTIL=/i.test(part))
    .join(';');
}

/** `20261231T225959`: iCalendar's form. */
export function compact(wall: Wall): string {
  return wallIso(wall).replaceAll(/[-:]/g, '');
}
