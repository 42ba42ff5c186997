import { isMonth } from '../../calendar/language/names.ts';
import { behindEach, withoutTail } from '../../domain/text.ts';
import { readDestination } from './destination.ts';
import { MOST_PARTINGS, readDates, readReturn, type Today, type TravelDate, todayOf } from './travel-date.ts';
import { isAboutPeople, readTravellers } from './travellers.ts';

/** Answers that were not asked for: a correction, or several at once. */
export interface Change {
  readonly destination?: string;
  readonly departure?: TravelDate;
  readonly returning?: TravelDate | 'one-way';
  readonly travellers?: number;
}

/** A longer text is no trip that was said at once. */
const LONGEST_TRIP = 300;

type Asked = 'destination' | 'departure' | 'return' | 'travellers';

/** What people begin or end a correction with. */
const WELL = /(?:yes|ok(?:ay)?|well|oh|hmm+|sorry|oops|please|wait|no|nope|nein)[\s,.!]+(?:but\s+)?/iy;
const ACTUALLY =
  /(?:actually|rather|doch|better|i meant?|i(?:'d| would) rather|(?:let'?s )?make (?:it|that)|change (?:it|that) to|(?:it|that) should be)[\s,:]+/iy;
const NO_BUT =
  /^(?:(?:(?:no|nope|nein|wait|sorry|oops|oh)\s*)+[,.!]\s*|(?:yes|yep|sure|ok(?:ay)?|fine)[\s,.!]+but\s+)+/i;
const INSTEAD = /\sinstead$/i;
const PLEASE = /[,\s]please[.!]*$/i;
/** Said about a booking, and no name of a place. */
const ABOUT =
  /\b(?:dates?|departure|return|travell?ers?|destination|city|place|people|wrong|different|another|back|cancel|forget)\b/i;
const LONGEST_PLACE = 5;
const NAMED =
  /\b(?:change|set|correct|make|switch)\s+(?:the |my )?(destination|city|place|departure|dates?|return|travell?ers?|people)\s+(?:to|into|is|=)\s+(.+)$/is;
/** A correction names what it corrects near its beginning. */
const NAMED_BY = 20;
const FIELDS: { readonly [name: string]: Asked } = {
  destination: 'destination',
  city: 'destination',
  place: 'destination',
  return: 'return',
};

/**
 * Reads a correction of any answer: `actually Paris`, `no, make it 3 people`, `change the return to sunday`.
 * `undefined` for what is none.
 *
 * @param asked what is asked for now; a date that may be either is meant for it
 */
export function readCorrection(
  said: string,
  trip: Change,
  { asked, today }: { readonly asked: Asked; readonly today: Today },
): Change | undefined {
  const text = said.replace(PLEASE, '');
  const named = NAMED.exec(text);
  if (named !== null && named.index <= NAMED_BY) {
    const [, name = '', value = ''] = named;
    const field = FIELDS[name.toLowerCase()] ?? (/^(trav|peo)/i.test(name) ? 'travellers' : 'departure');
    return readOne(field, value, trip, today);
  }
  const rest = withoutActually(text).replace(NO_BUT, '').replace(INSTEAD, '').trim();
  if (rest === text || rest === '') return undefined;
  const answer = readAnswer(rest, trip, { asked, today });
  if (answer !== undefined) return answer;
  return ABOUT.test(rest) || rest.split(' ').length > LONGEST_PLACE ? undefined : readTrip(rest, today);
}

/** `well, actually Paris` is `Paris`; a text that corrects nothing stays as it is. */
function withoutActually(text: string): string {
  const start = behindEach(WELL, text, 0);
  const end = behindEach(ACTUALLY, text, start);
  return end === start ? text : text.slice(end);
}

/** Reads people or dates that nobody asked for; never a place, which anything might be. */
export function readAnswer(
  text: string,
  trip: Change,
  { asked, today }: { readonly asked: Asked; readonly today: Today },
): Change | undefined {
  if (/^one[- ]way\b/i.test(text)) return { returning: 'one-way' };
  if (isAboutPeople(text)) return readOne('travellers', text, trip, today);
  if (/\b(?:return|back|until|till)\b/i.test(text)) return readOne('return', text, trip, today);
  return readOne(asked === 'travellers' ? 'return' : asked, text, trip, today);
}

/** What leads to a date behind a place. */
const LEADS_TO_DATE = /^(?:on|at|from|until|till|the|next|for|)$/i;

/** Reads a trip said at once: `New York from friday to sunday for two`, `Paris tomorrow`. */
export function readTrip(text: string, today: Today): Change | undefined {
  if (text.length > LONGEST_TRIP) return undefined;
  const said = withPlaceFirst(text, today);
  for (const { index, 0: gap } of said.matchAll(/[\s,]+/g)) {
    const rest = said.slice(index + gap.length);
    const destination = readDestination(said.slice(0, index));
    const dates = destination === undefined || isOfName(rest) ? undefined : readBehindPlace(rest, today);
    if (destination !== undefined && dates !== undefined) return { destination, ...dates };
  }
  // A date that is none is asked for, and costs no place.
  const destination = readDestination(beforeDate(text));
  return destination === undefined ? undefined : { destination };
}

/** `on 5.12. to Tokyo` */
function withPlaceFirst(text: string, today: Today): string {
  const parts = text.split(/\sto\s/i);
  const last = (parts.pop() ?? '').trim();
  const isPlace = parts.length > 0 && !/\d/.test(last) && readDates(last, today) === undefined;
  return isPlace ? `${last} ${parts.join(' to ')}` : text;
}

/** Without a date, and what leads to it: `Tokyo` of `Tokyo, on the 40.12.`. */
function beforeDate(text: string): string {
  const at = text.search(/(?:^|[\s,])\d/);
  if (at < 0) return text;
  const words = text.slice(0, at).split(' ');
  while (words.length > 0 && LEADS_TO_DATE.test(words.at(-1) ?? '')) words.pop();
  return withoutTail(words.join(' '), /[\s,]/);
}

/** `Cape May on friday`: a month without its day is a part of the name. */
function isOfName(text: string): boolean {
  const [month = '', day = ''] = text.split(' ', 2);
  return isMonth(month) && !/^\d/.test(day);
}

/** Also the way back alone: `until friday`. */
function readBehindPlace(text: string, today: Today): Change | undefined {
  const [, until] = /^(?:until|till|to|back on)\s(.+)$/is.exec(text) ?? [];
  if (until === undefined) return readDatesAndPeople(text, today);
  const returning = readReturn(until, todayOf(today), today);
  return returning === undefined ? undefined : { returning };
}

/** `friday to sunday for two`, `tomorrow with my wife`, `for 3 people`. */
export function readDatesAndPeople(text: string, today: Today): Change | undefined {
  if (text.length > LONGEST_TRIP) return undefined;
  const partings = [...` ${text}`.matchAll(/\s(?=(?:for|with)\s)/gi)];
  for (const { index, 0: gap } of partings.slice(0, MOST_PARTINGS)) {
    const people = ` ${text}`
      .slice(index + gap.length)
      .replace(/^for\s+/i, '')
      .replace(/^with\s+/i, 'me and ');
    if (/\b(?:nights?|days?|weeks?|months?)\b/i.test(people)) continue;
    const travellers = readTravellers(people);
    const before = ` ${text}`.slice(0, index).trim();
    const dates = before === '' ? {} : readDates(before.replace(/^(?:leaving|departing)\s+/i, ''), today);
    if (travellers !== undefined && dates !== undefined) return { ...dates, travellers };
  }
  return readDates(text.replace(/^(?:leaving|departing)\s+/i, ''), today);
}

/** Reads `one way`, and how people say that there is no way back. */
export function isOneWay(text: string): boolean {
  return /^(?:one[- ]way|not at all|never|no return|i don'?t|i won'?t|open|none|no)(?:\b|$)/i.test(
    text.trim(),
  );
}

function readOne(field: Asked, text: string, trip: Change, today: Today): Change | undefined {
  switch (field) {
    case 'destination': {
      const destination = readDestination(text);
      return destination === undefined ? undefined : { destination };
    }
    case 'departure':
      return readDatesAndPeople(text, today);
    case 'return': {
      if (isOneWay(text)) return { returning: 'one-way' };
      const returning = trip.departure === undefined ? undefined : readReturn(text, trip.departure, today);
      return returning === undefined ? undefined : { returning };
    }
    case 'travellers': {
      const travellers = readTravellers(text);
      return travellers === undefined ? undefined : { travellers };
    }
  }
}
